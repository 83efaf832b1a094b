using MyriadSync.Contracts;

namespace MyriadSync.ChangeLog;

/// <summary>Row <c>done|{id}</c>: a redrive or a resolution that its commit carried out, and how it came out: whoever asks again is told the same.</summary>
internal sealed record DoneRow
{
    /// <summary>The same in every try: <c>redrive|…</c> or <c>resolve|…</c>, of letters, digits and <c>| -</c>.</summary>
    public required string Id { get; init; }

    /// <summary>What became of the change; 0 in rows of commits that carried out no change.</summary>
    public Outcome Outcome { get; init; }

    /// <summary>The record's rev after the commit.</summary>
    public long Rev { get; init; }

    /// <summary>What was decided, in the words of who stored it; at most 1,000 characters.</summary>
    public string Note { get; init; } = "";

    /// <summary>Id of the conflict that the change ended in.</summary>
    public string? ConflictId { get; init; }

    /// <summary>The parked conflict itself, until its table has it.</summary>
    public ReadOnlyMemory<byte>? Parked { get; init; }
}
