using MyriadSync.ChangeLog;
using MyriadSync.Contracts;
using MyriadSync.Contracts.Keys;
using MyriadSync.Contracts.Stores;
using MyriadSync.Myriad;
using MyriadSync.Orchestration.Stages;

namespace MyriadSync.Reading;

/// <summary>Reads records as they stand: from the log where it knows them, from the cluster otherwise.</summary>
internal sealed class RecordReader(IChangeLog log, LogWindows windows, IRecordStore store, TableMap tables, RowStates states, ISchemaVersions versions) : IRecordReader
{
    private const int MaxTries = 5;

    public async Task<RecordView?> ReadAsync(string dataset, RecordId id, CancellationToken cancellationToken)
    {
        var window = windows.Get(dataset);
        await window.RefreshAloneAsync(cancellationToken);
        if (await ReadManyAsync(dataset, [id], cancellationToken) is not { } found)
        {
            return null;
        }

        var state = found[id];
        return new RecordView
        {
            Record = state.InEffect,
            Sub = state.By is "" or RecordState.Myriad ? null : (await log.ReadClientAsync(dataset, state.By, cancellationToken))?.Sub,
            Pending = state.Rev > window.Applied.Seq,
            Held = window.Held(id)?.Reason,
        };
    }

    /// <summary>The states of records; null when the cluster is needed and does not answer.</summary>
    public async Task<IReadOnlyDictionary<RecordId, RecordState>?> ReadManyAsync(string dataset, IReadOnlyCollection<RecordId> records, CancellationToken cancellationToken)
    {
        var window = windows.Get(dataset);
        if (!await window.EnsureLoadedAsync(cancellationToken))
        {
            return null;
        }

        for (var tries = 0; tries < MaxTries; tries++)
        {
            var applied = window.Applied.Seq;
            var unknown = records.Where(record => RecordStates.Of(window, record, null, applied) is null)
                .ToDictionary(record => RowKeys.Compose(dataset, record.Store, record.Key));
            var rows = new Dictionary<RecordId, RecordState>();
            if (unknown.Count > 0)
            {
                var read = await store.ReadAsync(tables.TableOf(dataset), unknown.Keys, new HashSet<string>(), cancellationToken);
                if (read.Fault != StoreFault.None)
                {
                    return null;
                }

                rows = await states.ReadAsync(dataset, unknown, read.Rows, report: false, cancellationToken);
            }

            var current = records.Distinct().ToDictionary(record => record, record => RecordStates.Of(window, record, rows.GetValueOrDefault(record), applied));
            if (current.Values.All(state => state is not null && state.Rev <= window.HeadSeq))
            {
                return current.ToDictionary(pair => pair.Key, pair => versions.Lift(pair.Key.Store, pair.Value!));
            }

            await window.RefreshAloneAsync(cancellationToken);
        }

        return null;
    }
}
