using MyriadSync.ChangeLog;
using MyriadSync.Myriad;

namespace MyriadSync.Retention;

/// <summary>
/// Lets a dataset forget what is older than a limit. The order makes it safe to stop anywhere and to run twice, or twice at a time:
/// <code>
///   raise OldestSeq -> remove tombstones from the cluster -> drop the segments that named them -> ... -> drop outcomes
/// </code>
/// From the first step on, readers below <c>OldestSeq</c> get 410: nobody reads what is half dropped. A segment goes only after its tombstones, because
/// nothing else tells where they are. Only applied segments go: whoever brings the cluster up to date still needs the others.
/// </summary>
internal sealed class RetentionStage(IChangeLog log, IRetentionLog kept, TombstonePurge tombstones)
{
    /// <summary>Drops what was committed before <paramref name="limit"/>. CommitTs follows the cluster's clock; against days, its skew is nothing.</summary>
    public async Task<RetentionAnswer> RunAsync(string dataset, DateTimeOffset limit, CancellationToken cancellationToken)
    {
        var limitMs = limit.ToUnixTimeMilliseconds();
        var applied = await log.ReadAppliedAsync(dataset, cancellationToken);
        var answer = new RetentionAnswer();
        while (true)
        {
            var oldest = await kept.ReadOldestAsync(dataset, cancellationToken);
            var old = oldest.TakeWhile(segment => segment.Last <= applied.Seq && segment.CommitTs < limitMs).ToList();
            if (old.Count == 0)
            {
                break;
            }

            await RaiseAsync(dataset, old[^1].Last, cancellationToken);
            var (purged, fault) = await tombstones.PurgeAsync(dataset, old, cancellationToken);
            answer = answer with { Tombstones = answer.Tombstones + purged };
            if (fault != StoreFault.None)
            {
                return answer with { Fault = fault };
            }

            await kept.DropSegmentsAsync(dataset, old, cancellationToken);
            answer = answer with { Segments = answer.Segments + old.Count };
        }

        var head = await log.ReadHeadAsync(dataset, cancellationToken);
        return answer with { Outcomes = head is null ? 0 : await kept.DropOutcomesAsync(dataset, head.OldestSeq, limitMs, cancellationToken) };
    }

    /// <summary>Every failed try means that somebody else committed.</summary>
    private async Task RaiseAsync(string dataset, long oldestSeq, CancellationToken cancellationToken)
    {
        HeadRow? head;
        do
        {
            head = await log.ReadHeadAsync(dataset, cancellationToken);
        }
        while (head is not null && head.OldestSeq < oldestSeq && !await kept.RaiseOldestAsync(dataset, head, oldestSeq, cancellationToken));
    }
}
