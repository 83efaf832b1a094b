using MyriadSync.Contracts;
using MyriadSync.Contracts.Values;

namespace MyriadSync.Pipeline.Resolve.Merge;

/// <summary>A record after a change was merged in.</summary>
internal sealed record MergeResult
{
    /// <summary>Why the change cannot be carried out at all, pointer relative to the record; then nothing else counts.</summary>
    public Refusal? Refusal { get; init; }

    /// <summary>The value.</summary>
    public RecordValue? Value { get; init; }

    /// <summary>Its clocks.</summary>
    public FieldClocks Clocks { get; init; } = FieldClocks.None;

    /// <summary>The latest hybrid time that was written; null: none.</summary>
    public string? At { get; init; }

    /// <summary>Something of the change took effect, or was so already.</summary>
    public bool Took { get; init; }

    /// <summary>Something of it did not.</summary>
    public bool Lost { get; init; }

    /// <summary>
    /// Elements were added to a set, or taken out of it. Even if it looks the same afterwards it has to be remembered, or who adds and removes in ignorance of
    /// each other would not come to the same in every order.
    /// </summary>
    public bool Refreshed { get; init; }
}
