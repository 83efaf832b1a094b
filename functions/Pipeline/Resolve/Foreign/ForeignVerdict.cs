using MyriadSync.Contracts;

namespace MyriadSync.Pipeline.Resolve.Foreign;

/// <summary>What becomes of a job's writes to a record.</summary>
internal sealed record ForeignVerdict
{
    /// <summary><see cref="LogEntry.Cause"/> of an entry that puts back what a job's write lost against.</summary>
    public const string Restore = "restore";

    /// <summary>The record afterwards.</summary>
    public required RecordState Next { get; init; }

    /// <summary>Something of the job's lost, and the cluster shows it.</summary>
    public required bool Restores { get; init; }

    /// <summary>Qualifiers whose cells do not hold what <see cref="Next"/> says and have to be written; null: all of them.</summary>
    public IReadOnlyList<string>? Changed { get; init; } = [];

    /// <summary>Qualifiers whose cells have to go.</summary>
    public IReadOnlyList<string> Removed { get; init; } = [];

    /// <summary>The newest timestamp (ms) that was judged here: nothing up to it has to be judged again.</summary>
    public required long Seen { get; init; }

    /// <summary>The log's entry. Made also if the record is what it was: that the write was judged has to be remembered.</summary>
    public LogEntry ToEntry(RecordId record, long rev) => new()
    {
        Rev = rev,
        Store = record.Store,
        Key = record.Key,
        Value = Next.Value,
        SchemaVersion = Math.Max(Next.SchemaVersion, 1),
        Changed = Next.Value is null ? null : Changed,
        Removed = Next.Value is null ? [] : Removed,
        At = Next.At,
        By = RecordState.Myriad,
        Cause = Restores ? Restore : null,
        Clocks = Next.Clocks.Renumbered(FieldClock.ThisCommit, rev),
        Judged = Seen,
    };
}
