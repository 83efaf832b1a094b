using Microsoft.Extensions.Logging;

namespace MyriadSync.Myriad.HBase;

/// <summary>
/// Reads rows by multiget, never by the single-row GET, which answers 404 when the cluster is gone. A row that is missing in an answer is
/// looked for again by a one-row scan, which fails where a multiget might keep silent: always behind gateways older than HBase 2.6, and
/// otherwise where the caller knows better. Only then is it absent.
/// </summary>
internal sealed class RowReader(HBaseGateway gateway, TableKeeper tables, RowScanner scanner, HBaseOptions options, ILogger logger)
{
    /// <summary>Absences that are worth a scan over all of them before each has its own.</summary>
    private const int ManyAbsences = 8;

    /// <summary>Reads rows, whole or one column of them.</summary>
    /// <param name="table">Table with its namespace.</param>
    /// <param name="keys">Row keys, checked.</param>
    /// <param name="expected">Those whose absence is confirmed.</param>
    /// <param name="column">The only column to read, or null for all.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public async Task<ReadAnswer> ReadAsync(string table, IReadOnlyCollection<string> keys, IReadOnlySet<string> expected, string? column, CancellationToken cancellationToken)
    {
        string[] distinct = [.. keys.Distinct(StringComparer.Ordinal)];
        var room = options.MaxUrlLength - gateway.Pool.LongestBaseUrl - GatewayPaths.MultigetLength(table, column);
        var run = new ReadRun(table, expected, column) { InBase64 = Array.Exists(distinct, KeyForm.NeedsBase64) };
        await Task.WhenAll(Splits.ForMultiget(distinct, room, run.InBase64).Select(part => ReadPartAsync(run, part, cancellationToken)));
        if (run.Fault != StoreFault.None)
            return new() { Fault = run.Fault, Reason = run.Reason };
        if (run.FalseAbsences > 0)
            Logs.FalseAbsence(logger, table, run.FalseAbsences);
        return new() { Rows = run.Rows };
    }

    private async Task ReadPartAsync(ReadRun run, ArraySegment<string> keys, CancellationToken cancellationToken)
    {
        if (run.Fault != StoreFault.None)
            return;

        var reply = await MultigetAsync(run, keys, cancellationToken);
        if (reply.Kind is ReplyKind.Internal or ReplyKind.MissingTable)
        {
            // A missing table is an internal error to a multiget; any other one deserves a second try.
            var check = await tables.CheckAsync(run.Table, cancellationToken);
            if (check.Answer.Fault != StoreFault.None)
            {
                run.Fail(check.Answer.Fault, check.Answer.Reason);
                return;
            }

            reply = await MultigetAsync(run, keys, cancellationToken);
        }

        if (reply.Kind == ReplyKind.TooLarge && keys.Count > 1)
        {
            var half = keys.Count / 2;
            await ReadPartAsync(run, keys[..half], cancellationToken);
            await ReadPartAsync(run, keys[half..], cancellationToken);
            return;
        }

        if (reply.Fault != StoreFault.None)
        {
            run.Fail(reply.Fault, reply.Reason);
            return;
        }

        run.Add(reply.Value ?? []);
        await ConfirmAbsencesAsync(run, keys, reply.Endpoint!, cancellationToken);
    }

    private Task<GatewayReply<List<Row>>> MultigetAsync(ReadRun run, ArraySegment<string> keys, CancellationToken cancellationToken) => gateway.SendAsync(
        new() { Method = HttpMethod.Get, Path = GatewayPaths.Multiget(run.Table, run.Column, keys, run.InBase64), Operation = "multiget", Table = run.Table, Rows = keys.Count, NeedsBase64 = run.InBase64 },
        RowsJsonReader.Read,
        cancellationToken);

    private async Task ConfirmAbsencesAsync(ReadRun run, ArraySegment<string> keys, GatewayEndpoint endpoint, CancellationToken cancellationToken)
    {
        string[] missing = [.. keys.Where(key => !run.Has(key))];
        if (missing.Length == 0)
            return;
        if (!await gateway.HidesFailedRowsAsync(endpoint, cancellationToken))
            missing = [.. missing.Where(run.Expected.Contains)];
        if (missing.Length == keys.Count && keys.Count >= ManyAbsences)
            missing = await ConfirmTogetherAsync(run, missing, cancellationToken);
        await Parallel.ForEachAsync(
            missing,
            new ParallelOptions { MaxDegreeOfParallelism = options.MaxParallelRequests, CancellationToken = cancellationToken },
            async (key, token) => await ConfirmAsync(run, key, token));
    }

    /// <summary>
    /// Where none of many rows is there, a job has deleted them, and what lay side by side is told of by one scan. Returns those that it does not tell of: there are
    /// too many other rows in between, or more that is dead than a gateway gets through in its time.
    /// </summary>
    private async Task<string[]> ConfirmTogetherAsync(ReadRun run, string[] missing, CancellationToken cancellationToken)
    {
        Array.Sort(missing, StringComparer.Ordinal);
        var scan = await scanner.ConfirmAsync(run.Table, missing[0], missing[^1], run.Column, cancellationToken);
        if (scan.Fault != StoreFault.None)
            return missing;

        foreach (var row in scan.Rows.Where(row => Array.BinarySearch(missing, row.Key, StringComparer.Ordinal) >= 0))
            run.AddHidden(row);
        return scan.End ? [] : [.. missing.Where(key => string.CompareOrdinal(key, scan.NextStart) >= 0)];
    }

    private async Task ConfirmAsync(ReadRun run, string key, CancellationToken cancellationToken)
    {
        if (run.Fault != StoreFault.None)
            return;

        var reply = await scanner.ConfirmAsync(run.Table, key, run.Column, cancellationToken);
        if (reply.Kind != ReplyKind.Ok)
            run.Fail(reply.Fault == StoreFault.None ? StoreFault.Unavailable : reply.Fault, reply.Reason);
        else if (reply.Value!.Find(row => row.Key == key) is { } row)
            run.AddHidden(row);
    }
}
