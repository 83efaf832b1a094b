using Microsoft.Extensions.Options;
using MyriadSync.ChangeLog;
using MyriadSync.Contracts;
using MyriadSync.Contracts.Stores;
using MyriadSync.Contracts.Values;
using MyriadSync.Pipeline.Resolve;
using MyriadSync.Pipeline.Resolve.Foreign;

namespace MyriadSync.Orchestration.Stages;

/// <summary>What commits of every origin have in common.</summary>
internal sealed class CommitFactory(ISchemaVersions versions, ForeignJudge jobs, IIdSource ids, TimeProvider time, IOptions<SyncLimits> limits)
{
    /// <summary>What a commit of changes to these records stands on.</summary>
    public CommitBasis Basis(LogWindow window, FetchedRows rows, IEnumerable<RecordId> records, long now) => CommitBasis.Of(window, rows, records, now, versions);

    /// <summary>Takes over what jobs wrote, before anybody's change is resolved against it.</summary>
    /// <param name="window">The log.</param>
    /// <param name="basis">With <see cref="CommitBasis.Foreign"/> records.</param>
    /// <param name="traceParent">W3C trace context.</param>
    public Commit Adopt(LogWindow window, CommitBasis basis, string traceParent) => Create(
        window,
        basis,
        Adopted(basis, i => window.HeadSeq + i + 1),
        traceParent);

    /// <summary>The entries of what jobs wrote.</summary>
    /// <param name="basis">With <see cref="CommitBasis.Foreign"/> records, and the timestamp that they are to be written with.</param>
    /// <param name="revOf">Revision by place.</param>
    public List<LogEntry> Adopted(CommitBasis basis, Func<int, long> revOf) =>
        [.. basis.Foreign.Select((pair, i) => jobs.Judge(pair.Key, pair.Value, revOf(i), basis.CommitTs))];

    /// <summary>A commit that no client made.</summary>
    public Commit Create(LogWindow window, CommitBasis basis, IReadOnlyList<LogEntry> entries, string traceParent) => new()
    {
        Head = window.Head,
        NewEpoch = ids.NewId(),
        CommitId = ids.NewId(),
        CommitTs = basis.CommitTs,
        Entries = entries,
        SchemaVersion = versions.Current,
        TraceParent = traceParent,
    };

    /// <summary>How a client's changes are resolved.</summary>
    public ResolveSettings Settings(CommitBasis basis, string clientId, long firstSeq, bool atomic) => new()
    {
        ClientId = clientId,
        ServerMs = time.GetUtcNow().ToUnixTimeMilliseconds(),
        ClockAheadMs = limits.Value.ClockAheadMs,
        CommitTs = basis.CommitTs,
        Limits = new ValueLimits { MaxDepth = limits.Value.ValueDepth, MaxBytes = limits.Value.ValueBytes },
        FirstSeq = firstSeq,
        Atomic = atomic,
    };
}
