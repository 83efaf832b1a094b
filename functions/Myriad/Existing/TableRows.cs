using MyriadSync.Contracts.Tables;

namespace MyriadSync.Myriad.Existing;

/// <summary>
/// Rows of an existing table with what sync noted about them, from a family of the same row or from the row of the same key beside it. A row beside is not
/// written in one go with the record's: a reader that comes between sees the log ahead of <c>applied</c>, and takes the log's word.
/// </summary>
internal sealed class TableRows(IRecordStore inner)
{
    private static readonly HashSet<string> NoneExpected = [];

    /// <summary>Whether the table, its families and the table beside it are there.</summary>
    public async Task<StoreAnswer> EnsureAsync(ExistingTable table, CancellationToken cancellationToken)
    {
        var answer = await inner.EnsureTableAsync(table.Name, cancellationToken);
        return answer.Fault == StoreFault.None && table.SyncTable is { } beside ? await inner.EnsureTableAsync(beside, cancellationToken) : answer;
    }

    /// <summary>Reads rows.</summary>
    /// <param name="table">The table.</param>
    /// <param name="keys">Row keys, with the keys that their rows go by.</param>
    /// <param name="expected">Of the latter, those whose absence is confirmed.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<ReadAnswer> ReadAsync(ExistingTable table, Dictionary<string, string> keys, IReadOnlySet<string> expected, CancellationToken cancellationToken)
    {
        if (await EnsureAsync(table, cancellationToken) is { Fault: not StoreFault.None } unfit)
        {
            return new ReadAnswer { Fault = unfit.Fault, Reason = unfit.Reason };
        }

        if (keys.Count == 0)
        {
            return new ReadAnswer();
        }

        var surely = keys.Where(pair => expected.Contains(pair.Value)).Select(pair => pair.Key).ToHashSet(StringComparer.Ordinal);
        var read = await inner.ReadAsync(table.Name, keys.Keys, surely, cancellationToken);
        var beside = read.Fault == StoreFault.None ? await BesideAsync(table, keys.Keys, surely, cancellationToken) : read;
        return beside.Fault != StoreFault.None
            ? beside
            : new ReadAnswer
            {
                Rows = read.Rows.Keys.Union(beside.Rows.Keys).Select(key => Join(table, keys[key], read.Rows.GetValueOrDefault(key), beside.Rows.GetValueOrDefault(key)))
                    .OfType<Row>().ToDictionary(row => row.Key, StringComparer.Ordinal),
            };
    }

    /// <summary>Reads a page of the table; its rows have the table's own keys.</summary>
    public Task<ScanAnswer> ScanAsync(ExistingTable table, string start, string end, int limit, CancellationToken cancellationToken) =>
        JoinAsync(table, () => inner.ScanAsync(table.Name, start, end, limit, cancellationToken), cancellationToken);

    /// <summary>Reads a page of the table's recent cells, in several versions; what lies beside it comes whole, in the newest.</summary>
    public Task<ScanAnswer> ScanChangedAsync(ExistingTable table, string start, long sinceMs, int limit, CancellationToken cancellationToken) =>
        JoinAsync(table, () => inner.ScanChangedAsync(table.Name, start, sinceMs, limit, cancellationToken), cancellationToken);

    private async Task<ScanAnswer> JoinAsync(ExistingTable table, Func<Task<ScanAnswer>> read, CancellationToken cancellationToken)
    {
        if (await EnsureAsync(table, cancellationToken) is { Fault: not StoreFault.None } unfit)
        {
            return new ScanAnswer { Fault = unfit.Fault, Reason = unfit.Reason };
        }

        var scan = await read();
        if (scan.Fault != StoreFault.None || scan.Rows.Count == 0)
        {
            return scan;
        }

        var beside = await BesideAsync(table, [.. scan.Rows.Select(row => row.Key)], NoneExpected, cancellationToken);
        return beside.Fault != StoreFault.None
            ? new ScanAnswer { Fault = beside.Fault, Reason = beside.Reason }
            : scan with { Rows = [.. scan.Rows.Select(row => Join(table, row.Key, row, beside.Rows.GetValueOrDefault(row.Key))).OfType<Row>()] };
    }

    /// <summary>Writes rows: the record first, so that no note is left of a record that the cluster refuses.</summary>
    public async Task<WriteAnswer> WriteAsync(ExistingTable table, TableWrites writes, CancellationToken cancellationToken)
    {
        if (await EnsureAsync(table, cancellationToken) is { Fault: not StoreFault.None } unfit)
        {
            return new WriteAnswer { Fault = unfit.Fault, Reason = unfit.Reason };
        }

        var (puts, deletes) = table.SyncTable is null
            ? (writes.Puts.Select(put => put with { Cells = [.. put.Cells.Select(cell => SyncColumns.IsSync(cell.Column) ? cell with { Column = SyncColumns.There(table, cell.Column) } : cell)] }),
                writes.Deletes.Select(delete => delete with { Columns = [.. delete.Columns.Select(column => SyncColumns.IsSync(column) ? SyncColumns.There(table, column) : column)] }))
            : (Puts(writes, sync: false), Deletes(writes, sync: false));
        var answer = await inner.WriteAsync(table.Name, [.. puts], [.. deletes], cancellationToken);
        if (answer.Fault == StoreFault.None && table.SyncTable is { } beside)
        {
            var refused = answer.Refused.Select(row => row.Key).ToHashSet(StringComparer.Ordinal);
            var notes = await inner.WriteAsync(
                beside, [.. Puts(writes, sync: true).Where(put => !refused.Contains(put.Key))], [.. Deletes(writes, sync: true).Where(delete => !refused.Contains(delete.Key))], cancellationToken);
            answer = notes.Fault != StoreFault.None ? notes : answer with { Refused = [.. answer.Refused, .. notes.Refused] };
        }

        return answer with { Refused = [.. answer.Refused.Select(row => row with { Key = writes.Keys[row.Key] })] };
    }

    /// <summary>Stamps rows, in the table that has what sync notes: nothing else of a table that others made is ours to write.</summary>
    public async Task<StampAnswer> StampAsync(ExistingTable table, Dictionary<string, string> keys, CancellationToken cancellationToken)
    {
        var answer = await inner.StampAsync(table.SyncTable ?? table.Name, keys.Keys, cancellationToken);
        return answer with { Stamps = answer.Stamps.ToDictionary(pair => keys[pair.Key], pair => pair.Value, StringComparer.Ordinal) };
    }

    private async Task<ReadAnswer> BesideAsync(ExistingTable table, IReadOnlyCollection<string> keys, IReadOnlySet<string> expected, CancellationToken cancellationToken) =>
        table.SyncTable is { } beside ? await inner.ReadAsync(beside, keys, expected, cancellationToken) : new ReadAnswer();

    private static Row? Join(ExistingTable table, string key, Row? row, Row? beside)
    {
        List<Cell> cells = [.. SyncColumns.Here(table, row?.Cells ?? []), .. beside?.Cells ?? []];
        return cells.Count == 0 ? null : new Row(key, cells);
    }

    private static IEnumerable<RowPut> Puts(TableWrites writes, bool sync) => writes.Puts
        .Select(put => put with { Cells = [.. put.Cells.Where(cell => SyncColumns.IsSync(cell.Column) == sync)] })
        .Where(put => put.Cells.Count > 0);

    private static IEnumerable<RowDelete> Deletes(TableWrites writes, bool sync) => writes.Deletes
        .Select(delete => delete with { Columns = [.. delete.Columns.Where(column => SyncColumns.IsSync(column) == sync)] })
        .Where(delete => delete.Columns.Count > 0);
}
