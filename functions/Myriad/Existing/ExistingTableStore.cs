using MyriadSync.Contracts.Tables;

namespace MyriadSync.Myriad.Existing;

/// <summary>
/// The record store as the app sees it when stores have tables that others made. Rows of such tables go by the same keys as all others, and what sync noted
/// about them stands in family <c>m</c>: callers need not know where a row lies, only a scan's places follow the table's own order
/// (<see cref="RecordPlaces.PositionOf"/>). Whatever names no record of such a store passes through.
/// </summary>
internal sealed class ExistingTableStore(IRecordStore inner, RecordPlaces places) : IRecordStore, IDisposable
{
    private readonly TableRows _rows = new(inner);

    public void Dispose() => (inner as IDisposable)?.Dispose();

    public async Task<ReadAnswer> ReadAsync(string table, IReadOnlyCollection<string> rowKeys, IReadOnlySet<string> expected, CancellationToken cancellationToken)
    {
        var work = PlacedKeys.Of(rowKeys, places);
        if (work.ByTable.Count == 0)
        {
            return await inner.ReadAsync(table, rowKeys, expected, cancellationToken);
        }

        var rows = new Dictionary<string, Row>(StringComparer.Ordinal);
        if (work.Others.Count > 0)
        {
            var answer = await inner.ReadAsync(table, work.Others, expected, cancellationToken);
            if (answer.Fault != StoreFault.None)
            {
                return answer;
            }

            rows = new(answer.Rows, StringComparer.Ordinal);
        }

        foreach (var (existing, keys) in work.ByTable)
        {
            var answer = await _rows.ReadAsync(existing, keys, expected, cancellationToken);
            if (answer.Fault != StoreFault.None)
            {
                return answer;
            }

            foreach (var (key, row) in answer.Rows)
            {
                rows[key] = row;
            }
        }

        return new ReadAnswer { Rows = rows };
    }

    public async Task<ScanAnswer> ScanAsync(string table, string startInclusive, string endExclusive, int limit, CancellationToken cancellationToken)
    {
        if (places.Find(table) is { } whole)
        {
            // Asked for by its own name, the table is read in its own order, whichever datasets its rows belong to.
            var all = await _rows.ScanAsync(whole, startInclusive, endExclusive, limit, cancellationToken);
            return all with { Rows = Named(whole, all.Rows) };
        }

        if (places.IsBeside(table) || !places.TryRead(startInclusive, out var existing, out var dataset, out var start))
        {
            return await inner.ScanAsync(table, startInclusive, endExclusive, limit, cancellationToken);
        }

        if (!existing.Serves(dataset))
        {
            return new ScanAnswer { End = true };
        }

        var prefix = existing.Keys.Prefix(dataset);
        var end = places.TryRead(endExclusive, out _, out _, out var named) ? named : ByteRanges.EndOf(prefix);
        var scan = await _rows.ScanAsync(existing, start, end, limit, cancellationToken);
        return scan.Fault != StoreFault.None
            ? scan
            : scan with
            {
                Rows = Named(existing, scan.Rows),
                NextStart = scan.NextStart is { } next ? places.Position(startInclusive, next) : null,
            };
    }

    /// <summary>Of a table that others made, places in the range are its own row keys; only rows that are records are returned.</summary>
    public async Task<ScanAnswer> ScanChangedAsync(string table, string startInclusive, long sinceMs, int limit, CancellationToken cancellationToken)
    {
        if (places.Find(table) is not { } existing)
        {
            return await inner.ScanChangedAsync(table, startInclusive, sinceMs, limit, cancellationToken);
        }

        var scan = await _rows.ScanChangedAsync(existing, startInclusive, sinceMs, limit, cancellationToken);
        return scan with { Rows = Named(existing, scan.Rows) };
    }

    public async Task<WriteAnswer> WriteAsync(string table, IReadOnlyList<RowPut> puts, IReadOnlyList<RowDelete> deletes, CancellationToken cancellationToken)
    {
        var work = PlacedWrites.Of(puts, deletes, places);
        if (work.ByTable.Count == 0 && work.Impossible.Count == 0)
        {
            return await inner.WriteAsync(table, puts, deletes, cancellationToken);
        }

        var refused = work.Impossible.Select(key => new RefusedRow(key, "the store's table can have no row of this key")).ToList();
        if (work.Puts.Count + work.Deletes.Count > 0)
        {
            var answer = await inner.WriteAsync(table, work.Puts, work.Deletes, cancellationToken);
            if (answer.Fault != StoreFault.None)
            {
                return answer;
            }

            refused.AddRange(answer.Refused);
        }

        foreach (var (existing, part) in work.ByTable)
        {
            var answer = await _rows.WriteAsync(existing, part, cancellationToken);
            if (answer.Fault != StoreFault.None)
            {
                return answer;
            }

            refused.AddRange(answer.Refused);
        }

        return new WriteAnswer { Refused = refused };
    }

    public async Task<StampAnswer> StampAsync(string table, IReadOnlyCollection<string> rowKeys, CancellationToken cancellationToken)
    {
        // A row of ours, as the one that tells the time, is none for a table that others made.
        table = places.Find(table) is null ? table : TableMapOptions.DefaultTable;
        var work = PlacedKeys.Of(rowKeys, places);
        if (work.ByTable.Count == 0)
        {
            return await inner.StampAsync(table, rowKeys, cancellationToken);
        }

        var stamps = new Dictionary<string, long>(StringComparer.Ordinal);
        if (work.Others.Count > 0)
        {
            var answer = await inner.StampAsync(table, work.Others, cancellationToken);
            if (answer.Fault != StoreFault.None)
            {
                return answer;
            }

            stamps = new(answer.Stamps, StringComparer.Ordinal);
        }

        foreach (var (existing, keys) in work.ByTable)
        {
            var answer = await _rows.StampAsync(existing, keys, cancellationToken);
            if (answer.Fault != StoreFault.None)
            {
                return answer;
            }

            foreach (var (key, stamp) in answer.Stamps)
            {
                stamps[key] = stamp;
            }
        }

        return new StampAnswer { Stamps = stamps };
    }

    public Task<StoreAnswer> EnsureTableAsync(string table, CancellationToken cancellationToken) => inner.EnsureTableAsync(table, cancellationToken);

    public Task<StoreHealth> CheckAsync(CancellationToken cancellationToken) => inner.CheckAsync(cancellationToken);

    private List<Row> Named(ExistingTable table, IReadOnlyList<Row> rows) =>
        [.. rows.Select(row => (Row: row, Key: places.KeyOf(table.Name, row.Key))).Where(pair => pair.Key is not null).Select(pair => pair.Row with { Key = pair.Key! })];
}
