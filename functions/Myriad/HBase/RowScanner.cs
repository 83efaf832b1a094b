namespace MyriadSync.Myriad.HBase;

/// <summary>
/// Reads ranges by stateless scans: any gateway can answer the next page. A page with fewer rows than asked for is not taken for the end,
/// because an answer that broke off behind the gateway looks the same: only a page without a row is.
/// </summary>
internal sealed class RowScanner(HBaseGateway gateway, TableKeeper tables)
{
    /// <summary>Whole rows.</summary>
    public Task<ScanAnswer> ScanAsync(string table, string start, string end, int limit, CancellationToken cancellationToken) =>
        ScanAsync(table, start, end, limit, (next, rows) => Whole(table, next, end, rows), cancellationToken);

    /// <summary>Cells from a time on.</summary>
    public Task<ScanAnswer> ScanChangedAsync(string table, string start, long sinceMs, int limit, CancellationToken cancellationToken) =>
        ScanAsync(table, start, "", limit, (next, rows) => Changed(table, next, sinceMs, rows), cancellationToken);

    private async Task<ScanAnswer> ScanAsync(string table, string start, string end, int limit, Func<string, int, GatewayRequest> request, CancellationToken cancellationToken)
    {
        List<Row> rows = [];
        var atOnce = Math.Min(limit, HBaseLimits.MaxRowsPerScan);
        string? next = start;
        var tableChecked = false;
        while (rows.Count < limit)
        {
            var reply = await gateway.SendAsync(request(next, Math.Min(atOnce, limit - rows.Count)), RowsJsonReader.Read, cancellationToken);
            if (reply.Kind is ReplyKind.Internal or ReplyKind.MissingTable && !tableChecked)
            {
                tableChecked = true;
                var check = await tables.CheckAsync(table, cancellationToken);
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
            // A row whose key is outside the alphabet is nobody's record, and no other request could name it.
            rows.AddRange(page.Where(row => RowKeys.IsLegal(row.Key)));
            next = page.Count == 0 ? null : RowKeys.After(page[^1].Key);
            if (next is null || (end.Length > 0 && string.CompareOrdinal(next, end) >= 0))
                return new() { Rows = rows, End = true };
        }

        return new() { Rows = rows, NextStart = next };
    }

    private static GatewayRequest Whole(string table, string start, string end, int rows) =>
        new() { Method = HttpMethod.Get, Path = GatewayPaths.Scan(table, start, end, rows, column: null), Operation = "scan", Table = table, Rows = rows };

    // The few rows of a page may lie far apart.
    private static GatewayRequest Changed(string table, string start, long sinceMs, int rows) =>
        new() { Method = HttpMethod.Get, Path = GatewayPaths.ScanChanged(table, start, sinceMs, rows), Operation = "scan-changed", Table = table, Rows = rows, IsAdmin = true };
}
