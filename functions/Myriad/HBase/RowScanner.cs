namespace MyriadSync.Myriad.HBase;

/// <summary>
/// Reads ranges by stateless scans: any gateway can answer the next page. A page with fewer rows than asked for is not taken for the end,
/// because an answer that broke off behind the gateway looks the same: only a page without a row is.
/// </summary>
internal sealed class RowScanner(HBaseGateway gateway, TableKeeper tables, OtherTables others)
{
    private readonly ScannerPages _scanners = new(gateway);

    /// <summary>Whole rows.</summary>
    public Task<ScanAnswer> ScanAsync(string table, string start, string end, int limit, CancellationToken cancellationToken) =>
        ScanAsync(new RangeScan { Table = table, Start = start, End = end }, limit, cancellationToken);

    /// <summary>Cells from a time on.</summary>
    public Task<ScanAnswer> ScanChangedAsync(string table, string start, long sinceMs, int limit, CancellationToken cancellationToken) =>
        ScanAsync(new RangeScan { Table = table, Start = start, SinceMs = sinceMs, Operation = "scan-changed" }, limit, cancellationToken);

    /// <summary>Looks for one row by a scan of it alone.</summary>
    public Task<GatewayReply<List<Row>>> ConfirmAsync(string table, string key, string? column, CancellationToken cancellationToken) =>
        // The end is the smallest key above this one: the scan looks at this row and no further.
        PageAsync(new RangeScan { Table = table, Start = key, End = After(table, key)!, Column = column, Operation = "confirm" }, 1, cancellationToken);

    /// <summary>Looks for rows by a scan of where they would lie, which may meet others there.</summary>
    public Task<ScanAnswer> ConfirmAsync(string table, string first, string last, string? column, CancellationToken cancellationToken) =>
        ScanAsync(new RangeScan { Table = table, Start = first, End = After(table, last)!, Column = column, Operation = "confirm" }, HBaseLimits.MaxRowsPerMultiget, cancellationToken);

    private async Task<ScanAnswer> ScanAsync(RangeScan scan, int limit, CancellationToken cancellationToken)
    {
        List<Row> rows = [];
        var atOnce = Math.Min(limit, HBaseLimits.MaxRowsPerScan);
        string? next = scan.Start;
        var tableChecked = false;
        while (rows.Count < limit)
        {
            var reply = await PageAsync(scan with { Start = next }, Math.Min(atOnce, limit - rows.Count), cancellationToken);
            if (reply.Kind is ReplyKind.Internal or ReplyKind.MissingTable && !tableChecked)
            {
                tableChecked = true;
                var check = await tables.CheckAsync(scan.Table, cancellationToken);
                if (check.Answer.Fault != StoreFault.None)
                    return new() { Fault = check.Answer.Fault, Reason = check.Answer.Reason };
                continue;
            }

            if (reply.Kind == ReplyKind.TooLarge && atOnce > 1)
            {
                atOnce /= 2;
                continue;
            }

            if (reply.Kind != ReplyKind.Ok)
                return new() { Fault = reply.Fault == StoreFault.None ? StoreFault.Unavailable : reply.Fault, Reason = reply.Reason };

            var page = reply.Value!;
            // In a table of ours, a row whose key is outside the alphabet is nobody's record.
            rows.AddRange(others.HasAnyKeys(scan.Table) ? page : page.Where(row => RowKeys.IsLegal(row.Key)));
            next = page.Count == 0 ? null : After(scan.Table, page[^1].Key);
            if (next is null || (scan.End.Length > 0 && string.CompareOrdinal(next, scan.End) >= 0))
                return new() { Rows = rows, End = true };
        }

        return new() { Rows = rows, NextStart = next };
    }

    private Task<GatewayReply<List<Row>>> PageAsync(RangeScan scan, int limit, CancellationToken cancellationToken) => scan.IsText
        ? gateway.SendAsync(
            new()
            {
                Method = HttpMethod.Get,
                Path = scan.SinceMs is { } since ? GatewayPaths.ScanChanged(scan.Table, scan.Start, since, limit) : GatewayPaths.Scan(scan.Table, scan.Start, scan.End, limit, scan.Column),
                Operation = scan.Operation,
                Table = scan.Table,
                Rows = limit,
                // The few recent rows of a page may lie far apart.
                IsAdmin = scan.SinceMs is not null,
            },
            RowsJsonReader.Read,
            cancellationToken)
        : _scanners.ReadAsync(scan, limit, cancellationToken);

    private string? After(string table, string key) => others.HasAnyKeys(table) ? key + '\0' : RowKeys.After(key);
}
