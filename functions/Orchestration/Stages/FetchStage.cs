using MyriadSync.ChangeLog;
using MyriadSync.Contracts;
using MyriadSync.Contracts.Keys;
using MyriadSync.Myriad;

namespace MyriadSync.Orchestration.Stages;

/// <summary>
/// Reads the records that a batch touches: from the log where it is ahead of the cluster, from the cluster otherwise. A failed read is an answer of
/// its own, never an absent record. Order matters: <c>applied</c> first, then the head, then the rows (DESIGN 4, reading order).
/// </summary>
internal sealed class FetchStage(LogWindows windows, IRecordStore store, TableMap tables, ClusterClock clock, RowStates rows, MappingGuard mappings)
{
    /// <summary>A row whose probe stayed invisible lies under a delete marker from the future.</summary>
    private const long BeyondAllClocks = long.MaxValue / 2;

    /// <summary>Reads what a batch needs.</summary>
    public Task<FetchAnswer> FetchAsync(string dataset, Batch batch, CancellationToken cancellationToken) => FetchAsync(
        dataset,
        batch.Changes.Where(change => change.Refusal is null).Select(change => (new RecordId(change.Store, change.Key), change.Base is not null)),
        cancellationToken);

    /// <summary>Reads records.</summary>
    /// <param name="dataset">The dataset.</param>
    /// <param name="records">Each with whether there is reason to believe that it exists. Repeats count once, the first one.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<FetchAnswer> FetchAsync(string dataset, IEnumerable<(RecordId Record, bool Expected)> records, CancellationToken cancellationToken)
    {
        var window = windows.Get(dataset);
        if (!await window.EnsureLoadedAsync(cancellationToken))
        {
            return new FetchAnswer(null, WaitReasons.ClusterBehind);
        }

        var asked = records.ToList();
        if (!await mappings.AllowsAsync(asked.Select(one => one.Record.Store), cancellationToken))
        {
            return new FetchAnswer(null, WaitReasons.StoreNeedsRemap);
        }

        var (epoch, applied) = (window.Head?.Epoch, window.Applied.Seq);
        var wanted = new Dictionary<string, RecordId>();
        var expected = new HashSet<string>();
        foreach (var (record, exists) in asked)
        {
            if (window.Latest(record)?.Rev > applied || window.Held(record) is not null)
            {
                continue;
            }

            var row = RowKeys.Compose(dataset, record.Store, record.Key);
            if (wanted.TryAdd(row, record) && exists)
            {
                expected.Add(row);
            }
        }

        if (wanted.Count == 0)
        {
            return new FetchAnswer(new FetchedRows { Epoch = epoch, AppliedSeq = applied, States = new Dictionary<RecordId, RecordState>() }, null);
        }

        var table = tables.TableOf(dataset);
        await clock.MeasureAsync(table, cancellationToken);
        var read = await store.ReadAsync(table, wanted.Keys, expected, cancellationToken);
        if (read.Fault != StoreFault.None)
        {
            return new FetchAnswer(null, WaitReasons.Of(read.Fault));
        }

        var states = await rows.ReadAsync(dataset, wanted, read.Rows, report: true, cancellationToken);
        var masked = wanted.Where(pair => states[pair.Value].MaybeMasked || (!read.Rows.ContainsKey(pair.Key) && expected.Contains(pair.Key))).ToList();
        if (masked.Count > 0)
        {
            var stamped = await store.StampAsync(table, [.. masked.Select(pair => pair.Key)], cancellationToken);
            if (stamped.Fault != StoreFault.None)
            {
                return new FetchAnswer(null, WaitReasons.Of(stamped.Fault));
            }

            foreach (var (row, record) in masked)
            {
                var isSeen = stamped.Stamps.TryGetValue(row, out var stamp);
                if (isSeen)
                {
                    // Else the probe looks like a job's cell of the future, and every try to wait for it makes a newer one.
                    clock.Reached(stamp);
                }

                states[record] = states[record] with { NewestCell = isSeen ? stamp : BeyondAllClocks };
            }
        }

        return new FetchAnswer(new FetchedRows { Epoch = epoch, AppliedSeq = applied, States = states }, null);
    }
}
