using MyriadSync.ChangeLog;
using MyriadSync.Contracts;
using MyriadSync.Contracts.Keys;
using MyriadSync.Contracts.Stores;
using MyriadSync.Contracts.Tables;
using MyriadSync.Myriad;
using MyriadSync.Orchestration.Scans;
using MyriadSync.Orchestration.Stages;

namespace MyriadSync.Reading;

/// <summary>
/// Reads a dataset page by page from the cluster, with what the log knows better put in its place: records are replaced, added and left out within the
/// page's range of keys. The log's head before the first page is where a client pulls from afterwards, so whatever changed meanwhile comes again.
/// </summary>
internal sealed class SnapshotReader(LogWindows windows, IRecordStore store, TableMap tables, RecordPlaces places, RowStates states, ForeignIntake intake, LostLogs lost, ISchemaVersions versions) : ISnapshotReader
{
    /// <summary>Scans for one page: rows that hold no record, and the seams between stores, would make pages short.</summary>
    private const int MaxScans = 16;

    public async Task<SnapshotPage> ReadAsync(string dataset, ReadScope scope, string? page, int limit, CancellationToken cancellationToken)
    {
        var records = new List<SnapshotRecord>();
        for (var scans = 1; ; scans++)
        {
            var part = await ScanAsync(dataset, scope, page, limit - records.Count, cancellationToken);
            records.AddRange(part.Records);
            if (part.Fault != SnapshotFault.None || part.NextPage is null || records.Count >= limit || scans == MaxScans)
            {
                return part with { Records = part.Fault == SnapshotFault.None ? records : [] };
            }

            page = part.NextPage;
        }
    }

    private async Task<SnapshotPage> ScanAsync(string dataset, ReadScope scope, string? page, int limit, CancellationToken cancellationToken, bool takeOver = true)
    {
        var asked = SnapshotToken.ScopeOf(dataset, scope.Only);
        var token = page is null ? null : SnapshotToken.Parse(page);
        if (page is not null && (token?.Scope != asked || !places.IsPosition(token.Row)))
        {
            return new SnapshotPage { Fault = SnapshotFault.BadToken, Reason = "The page token does not belong to this snapshot." };
        }

        var window = windows.Get(dataset);
        if (!await window.RefreshAloneAsync(cancellationToken))
        {
            return Unavailable(WaitReasons.ClusterBehind);
        }

        var (head, applied) = (window.Head, window.Applied.Seq);
        token ??= new SnapshotToken(head?.Epoch ?? Cursor.NoEpoch, head?.Seq ?? 0, asked, "");
        if ((head?.Epoch ?? Cursor.NoEpoch) != token.Epoch && !(token.Epoch == Cursor.NoEpoch && token.Seq == 0))
        {
            return new SnapshotPage { Fault = SnapshotFault.Gone, Reason = "epoch" };
        }

        if (token.Seq < (head?.OldestSeq ?? 0))
        {
            return new SnapshotPage { Fault = SnapshotFault.Gone, Reason = "retention" };
        }

        var ranges = SnapshotRanges.Of(dataset, scope, places);
        var range = ranges.FirstOrDefault(range => string.CompareOrdinal(token.Row, range.End) < 0);
        if (range == default)
        {
            return new SnapshotPage { Cursor = new Cursor(token.Epoch, token.Seq) };
        }

        var start = string.CompareOrdinal(token.Row, range.Start) > 0 ? token.Row : range.Start;
        var scan = await store.ScanAsync(tables.TableOf(dataset), start, range.End, limit, cancellationToken);
        if (scan.Fault != StoreFault.None)
        {
            return Unavailable(WaitReasons.Of(scan.Fault));
        }

        var end = scan.End ? range.End : scan.NextStart!;
        var rows = await states.ReadAsync(dataset, scan.Rows, cancellationToken);
        if (takeOver && Unknown(rows) is { Count: > 0 } unknown && (await intake.TakeAsync(dataset, unknown, cancellationToken)).Taken > 0)
        {
            return await ScanAsync(dataset, scope, token.ToString(), limit, cancellationToken, takeOver: false);
        }

        if (rows.Values.Any(row => row.Rev > window.HeadSeq) && await window.RefreshAloneAsync(cancellationToken) && rows.Values.Any(row => row.Rev > window.HeadSeq))
        {
            lost.Report(dataset, window.HeadSeq);
        }

        if (applied < window.Floor)
        {
            // So much was committed and applied meanwhile that the log in memory no longer reaches back to where the scan began: read the page again.
            return await ScanAsync(dataset, scope, token.ToString(), limit, cancellationToken);
        }

        var records = Overlay(window, rows, start, end, applied, dataset, scope.SchemaVersion);
        var more = !scan.End || string.CompareOrdinal(range.End, ranges[^1].End) < 0;
        return new SnapshotPage
        {
            Records = records,
            NextPage = more ? (token with { Row = end }).ToString() : null,
            Cursor = new Cursor(token.Epoch, token.Seq),
        };
    }

    /// <summary>
    /// Rows of tables that were there before us, which the log never knew: they come into it before they are shown, so that what a client does to them is
    /// done to a revision.
    /// </summary>
    private List<RecordId> Unknown(Dictionary<string, RecordState> rows) => places.Tables.Count == 0
        ? []
        : [.. rows.Where(pair => pair.Value is { Known: false, Value: not null })
            .Select(pair => RowKeys.TryParse(pair.Key, out _, out var store, out var key) && places.TableOf(store) is not null ? new RecordId(store, key) : default)
            .Where(record => record != default)];

    private List<SnapshotRecord> Overlay(LogWindow window, Dictionary<string, RecordState> rows, string start, string end, long applied, string dataset, int schemaVersion)
    {
        foreach (var id in window.LatestAbove(applied).Select(entry => new RecordId(entry.Store, entry.Key))
            .Concat(window.AllHeld.Select(held => new RecordId(held.Entry.Store, held.Entry.Key))))
        {
            var row = RowKeys.Compose(dataset, id.Store, id.Key);
            if (places.PositionOf(dataset, id) is { } position && string.CompareOrdinal(position, start) >= 0 && string.CompareOrdinal(position, end) < 0
                && RecordStates.Of(window, id, rows.GetValueOrDefault(row) ?? RecordState.Absent, applied) is { } state)
            {
                rows[row] = state;
            }
        }

        return [.. rows.Where(pair => pair.Value.Value is not null)
            .Select(pair => RowKeys.TryParse(pair.Key, out _, out var name, out var key) ? (Id: new RecordId(name, key), State: pair.Value) : default)
            .Where(record => record.State is not null && (record.State.Known || places.TableOf(record.Id.Store) is not null))
            .OrderBy(record => places.PositionOf(dataset, record.Id), StringComparer.Ordinal)
            .Select(record => new SnapshotRecord(record.Id, record.State.InEffect with { Value = versions.Convert(record.Id.Store, record.State.Value!, record.State.SchemaVersion, schemaVersion) }))];
    }

    private static SnapshotPage Unavailable(string reason) => new() { Fault = SnapshotFault.Unavailable, Reason = reason };
}
