using Microsoft.Extensions.Logging;

namespace MyriadSync.Myriad.HBase;

/// <summary>
/// Writes rows by bulk puts and single deletes. A bulk put is not atomic: when one row is refused the others may be stored or not, so it is
/// cut in halves until the bad rows stand alone. Sending the good ones again is harmless, their timestamps are ours. And a row is only
/// to blame while the table takes another one: whatever refuses everything (a proxy, a table set read-only) is no reason to give up data.
/// </summary>
internal sealed class RowWriter(HBaseGateway gateway, TableKeeper tables, OtherTables others, HBaseOptions options, ILogger logger)
{
    public async Task<WriteAnswer> WriteAsync(string table, IReadOnlyList<RowPut> puts, IReadOnlyList<RowDelete> deletes, CancellationToken cancellationToken)
    {
        var run = new WriteRun(table);
        var room = options.MaxUrlLength - gateway.Pool.LongestBaseUrl - table.Length - MaxTimestamp;
        var parts = deletes.SelectMany(delete => Splits.ForDelete([.. delete.Columns], room - GatewayPaths.DeleteRow(delete.Key), KeyForm.NeedsBase64(delete.Key)).Select(columns => delete with { Columns = columns }));
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.MaxParallelRequests, CancellationToken = cancellationToken };
        await Task.WhenAll(
            Parallel.ForEachAsync(Splits.ForPut([.. puts]), parallel, async (rows, token) => await PutAsync(run, rows, token)),
            Parallel.ForEachAsync(parts, parallel, async (delete, token) => await DeleteAsync(run, delete, token)));

        var answer = run.Answer();
        if (answer.Refused.Count > 0)
            Logs.RowsRefused(logger, table, answer.Refused.Count);
        return answer;
    }

    // Slashes, escapes of the table's colon and the digits of the timestamp.
    private const int MaxTimestamp = 32;

    private async Task PutAsync(WriteRun run, ArraySegment<RowPut> rows, CancellationToken cancellationToken)
    {
        if (run.Failed)
            return;

        var reply = await SendAsync(run, () => SendPutAsync(run.Table, rows, cancellationToken), cancellationToken);
        switch (reply.Kind)
        {
            case ReplyKind.Ok:
                run.Taken();
                break;
            case ReplyKind.Refused when !await TakesRowsAsync(run, rows[0].Key, cancellationToken):
                run.Fail(StoreFault.Misconfigured, $"the table takes no row at all: {reply.Reason}");
                break;
            case ReplyKind.Refused when rows.Count == 1:
                run.Refuse(rows[0].Key, reply.Reason ?? "");
                break;
            case ReplyKind.Refused:
                var half = rows.Count / 2;
                await PutAsync(run, rows[..half], cancellationToken);
                await PutAsync(run, rows[half..], cancellationToken);
                break;
            default:
                run.Fail(reply.Fault, reply.Reason);
                break;
        }
    }

    private async Task DeleteAsync(WriteRun run, RowDelete delete, CancellationToken cancellationToken)
    {
        if (run.Failed)
            return;

        var reply = await SendAsync(run, () => SendDeleteAsync(run.Table, delete, cancellationToken), cancellationToken);
        if (reply.Kind == ReplyKind.Ok)
            run.Taken();
        else if (reply.Kind != ReplyKind.Refused)
            run.Fail(reply.Fault, reply.Reason);
        else if (await TakesRowsAsync(run, delete.Key, cancellationToken))
            run.Refuse(delete.Key, reply.Reason ?? "");
        else
            run.Fail(StoreFault.Misconfigured, $"the table takes no row at all: {reply.Reason}");
    }

    /// <summary>Sends, and once more if what was missing could be created.</summary>
    private async Task<GatewayReply<bool>> SendAsync(WriteRun run, Func<Task<GatewayReply<bool>>> send, CancellationToken cancellationToken)
    {
        var reply = await send();
        if (reply.Kind is not (ReplyKind.MissingTable or ReplyKind.MissingFamily))
            return reply;

        // One write may meet the gap with many requests at once: those that began before the repair are sent again too.
        var mended = await run.MendOnceAsync(async () => (await tables.CheckAsync(run.Table, cancellationToken)).Answer);
        if (mended.Fault == StoreFault.None)
            return await send();

        run.Fail(mended.Fault, mended.Reason);
        return reply;
    }

    /// <summary>Whether the table takes any row. One that others made gets no row of ours: the probe goes to the row in question, if there is a place for it.</summary>
    private Task<bool> TakesRowsAsync(WriteRun run, string key, CancellationToken cancellationToken) => run.TakesRowsAsync(async () =>
    {
        if (others.ProbeOf(run.Table) is not { } column)
            return (await tables.CheckAsync(run.Table, cancellationToken)).Answer.Fault == StoreFault.None;
        RowPut probe = new(others.HasAnyKeys(run.Table) ? key : StoreColumns.ClockRow, [new(column, RowsJsonWriter.NoTimestamp, default)]);
        var reply = await SendAsync(run, () => SendPutAsync(run.Table, new([probe]), cancellationToken), cancellationToken);
        if (reply.Kind is ReplyKind.Transient or ReplyKind.Internal or ReplyKind.Unauthorized)
            run.Fail(reply.Fault, reply.Reason);
        return reply.Kind == ReplyKind.Ok;
    });

    private async Task<GatewayReply<bool>> SendPutAsync(string table, ArraySegment<RowPut> rows, CancellationToken cancellationToken)
    {
        const int EmptyBody = 64;
        var body = new PooledBuffer(Math.Min(HBaseLimits.MaxPutBytes, rows.Sum(RowsJsonWriter.Measure) + EmptyBody));
        RowsJsonWriter.Write(body, rows);
        var reply = await gateway.SendAsync(
            new() { Method = HttpMethod.Put, Path = GatewayPaths.Put(table), Operation = "put", Table = table, Rows = rows.Count, Body = body.Written },
            cancellationToken);
        // An answer may come before the body is sent to its end, and a request that is given up may go on for a moment: only after a success
        // is it sure that nobody reads the rented array any more. Otherwise it is left to the garbage collector.
        if (reply.Kind == ReplyKind.Ok)
            body.Dispose();
        return reply;
    }

    private Task<GatewayReply<bool>> SendDeleteAsync(string table, RowDelete delete, CancellationToken cancellationToken) => gateway.SendAsync(
        new() { Method = HttpMethod.Delete, Path = GatewayPaths.Delete(table, delete.Key, delete.Columns, delete.Timestamp), Operation = "delete", Table = table, Rows = 1, NeedsBase64 = KeyForm.NeedsBase64(delete.Key) },
        cancellationToken);
}
