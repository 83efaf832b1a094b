using MyriadSync.ChangeLog;
using MyriadSync.Contracts;
using MyriadSync.Contracts.Stores;

namespace MyriadSync.IntegrationTests.Support;

/// <summary>The app's change log with gates. The argument of a held call is the <see cref="Commit"/>, the seq to advance to, or else the dataset.</summary>
internal sealed class GatedChangeLog(IChangeLog inner, GatedCalls calls) : IChangeLog
{
    public Task<HeadRow?> ReadHeadAsync(string dataset, CancellationToken cancellationToken) =>
        calls.RunAsync(nameof(ReadHeadAsync), dataset, () => inner.ReadHeadAsync(dataset, cancellationToken), cancellationToken);

    public Task<AppliedRow> ReadAppliedAsync(string dataset, CancellationToken cancellationToken) =>
        calls.RunAsync(nameof(ReadAppliedAsync), dataset, () => inner.ReadAppliedAsync(dataset, cancellationToken), cancellationToken);

    public Task<IReadOnlyList<Segment>?> ReadSegmentsAsync(string dataset, long after, long upTo, int maxEntries, CancellationToken cancellationToken) =>
        calls.RunAsync(nameof(ReadSegmentsAsync), dataset, () => inner.ReadSegmentsAsync(dataset, after, upTo, maxEntries, cancellationToken), cancellationToken);

    public Task<ClientRow?> ReadClientAsync(string dataset, string clientId, CancellationToken cancellationToken) =>
        calls.RunAsync(nameof(ReadClientAsync), dataset, () => inner.ReadClientAsync(dataset, clientId, cancellationToken), cancellationToken);

    public Task<IReadOnlyList<OutcomesRow>> ReadOutcomesAsync(string dataset, string clientId, long firstSeq, long lastSeq, CancellationToken cancellationToken) =>
        calls.RunAsync(nameof(ReadOutcomesAsync), dataset, () => inner.ReadOutcomesAsync(dataset, clientId, firstSeq, lastSeq, cancellationToken), cancellationToken);

    public Task<IReadOnlyList<OutcomesRow>> ReadBatchAsync(string dataset, string clientId, string batchId, CancellationToken cancellationToken) =>
        calls.RunAsync(nameof(ReadBatchAsync), dataset, () => inner.ReadBatchAsync(dataset, clientId, batchId, cancellationToken), cancellationToken);

    public Task<IReadOnlyList<HeldRow>> ReadHeldAsync(string dataset, CancellationToken cancellationToken) =>
        calls.RunAsync(nameof(ReadHeldAsync), dataset, () => inner.ReadHeldAsync(dataset, cancellationToken), cancellationToken);

    public Task<MappingSet?> ReadMappingAsync(string dataset, string mapHash, CancellationToken cancellationToken) =>
        calls.RunAsync(nameof(ReadMappingAsync), mapHash, () => inner.ReadMappingAsync(dataset, mapHash, cancellationToken), cancellationToken);

    public Task<DoneRow?> ReadDoneAsync(string dataset, string id, CancellationToken cancellationToken) =>
        calls.RunAsync(nameof(ReadDoneAsync), dataset, () => inner.ReadDoneAsync(dataset, id, cancellationToken), cancellationToken);

    public Task<CommitAnswer> CommitAsync(string dataset, Commit commit, CancellationToken cancellationToken) =>
        calls.RunAsync(nameof(CommitAsync), commit, () => inner.CommitAsync(dataset, commit, cancellationToken), cancellationToken);

    public Task<AppliedRow?> AdvanceAppliedAsync(
        string dataset, AppliedRow current, long seq, IReadOnlyList<HeldRow> hold, IReadOnlyList<RecordId> release, CancellationToken cancellationToken) =>
        calls.RunAsync(nameof(AdvanceAppliedAsync), seq, () => inner.AdvanceAppliedAsync(dataset, current, seq, hold, release, cancellationToken), cancellationToken);

    public IAsyncEnumerable<string> ReadDatasetsAsync(CancellationToken cancellationToken) => inner.ReadDatasetsAsync(cancellationToken);

    public Task CheckAsync(CancellationToken cancellationToken) => inner.CheckAsync(cancellationToken);
}
