using MyriadSync.ChangeLog;
using MyriadSync.Contracts;

namespace MyriadSync.IntegrationTests.Support;

/// <summary>Retention that breaks off before one of its steps, as in a crash.</summary>
/// <param name="inner">Does the steps before.</param>
/// <param name="before">Name of the method that is never carried out.</param>
internal sealed class StoppingRetentionLog(IRetentionLog inner, string before) : IRetentionLog
{
    public Task<IReadOnlyList<Segment>> ReadOldestAsync(string dataset, CancellationToken cancellationToken) => inner.ReadOldestAsync(dataset, cancellationToken);

    public Task<bool> RaiseOldestAsync(string dataset, HeadRow head, long oldestSeq, CancellationToken cancellationToken) =>
        Reach(nameof(RaiseOldestAsync), () => inner.RaiseOldestAsync(dataset, head, oldestSeq, cancellationToken));

    public Task DropSegmentsAsync(string dataset, IReadOnlyList<Segment> segments, CancellationToken cancellationToken) =>
        Reach(nameof(DropSegmentsAsync), () => inner.DropSegmentsAsync(dataset, segments, cancellationToken));

    public Task<int> DropOutcomesAsync(string dataset, long upToSeq, long beforeMs, CancellationToken cancellationToken) =>
        Reach(nameof(DropOutcomesAsync), () => inner.DropOutcomesAsync(dataset, upToSeq, beforeMs, cancellationToken));

    private T Reach<T>(string step, Func<T> go) => step == before ? throw new StorageUnavailableException("It ends here.") : go();
}
