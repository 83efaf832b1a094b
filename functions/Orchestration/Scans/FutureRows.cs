using System.Collections.Concurrent;
using MyriadSync.Contracts;
using MyriadSync.Myriad;
using MyriadSync.Orchestration.Stages;
using MyriadSync.Poison;

namespace MyriadSync.Orchestration.Scans;

/// <summary>Tells operators of rows that a job wrote far into the future: they are not taken over before their time has come, and every scan meets them until then.</summary>
internal sealed class FutureRows(ClusterClock clock, IPoisonFeed poison)
{
    /// <summary>Rows remembered as told. Telling one again is no harm, but it is a message.</summary>
    private const int MaxTold = 10_000;

    private readonly ConcurrentDictionary<(string Dataset, RecordId Record, long NewestCell), bool> _told = new();

    /// <summary>Tells of those among the rows that were not told of yet.</summary>
    public Task TellAsync(string dataset, FetchedRows rows, CancellationToken cancellationToken) => TellAsync(dataset, rows, int.MaxValue, cancellationToken);

    /// <summary>Tells of some of those among the rows that were not told of yet.</summary>
    public async Task TellAsync(string dataset, FetchedRows rows, int atMost, CancellationToken cancellationToken)
    {
        var from = clock.NowMs + CommitBasis.MaxFutureMs;
        foreach (var (record, state) in rows.States.Where(pair => pair.Value.Foreign && pair.Value.NewestCell > from).Take(atMost))
        {
            if (_told.Count >= MaxTold)
            {
                _told.Clear();
            }

            if (!_told.ContainsKey((dataset, record, state.NewestCell)))
            {
                await poison.SendRowAsync(dataset, BadRows.FromTheFuture(dataset, record, state), cancellationToken);
                _told.TryAdd((dataset, record, state.NewestCell), true);
            }
        }
    }
}
