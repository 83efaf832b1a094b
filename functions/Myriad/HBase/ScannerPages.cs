using System.Buffers;
using System.Text;
using System.Text.Json;

namespace MyriadSync.Myriad.HBase;

/// <summary>
/// Pages by a scanner that one gateway keeps, for ranges whose ends are no text: nothing else can name them. Made, read and dropped for each page, all at the
/// same gateway. Behind a balancer another one may be asked, which answers 404: the page then fails and is asked for again.
/// </summary>
internal sealed class ScannerPages(HBaseGateway gateway)
{
    private const int CellsPerRow = 16;
    private const int MaxCells = 10_000;

    /// <summary>Reads rows of a range, up to a limit.</summary>
    public async Task<GatewayReply<List<Row>>> ReadAsync(RangeScan scan, int limit, CancellationToken cancellationToken)
    {
        var made = await gateway.SendAsync(
            new() { Method = HttpMethod.Post, Path = GatewayPaths.Scanner(scan.Table), Operation = "scanner", Table = scan.Table, Body = Describe(scan, limit) },
            cancellationToken);
        if (made.Kind != ReplyKind.Ok || made.Created is not { } id)
            return new(made.Kind == ReplyKind.Ok ? ReplyKind.Transient : made.Kind, made.Reason ?? "a scanner without a name") { Endpoint = made.Endpoint };

        try
        {
            return await ReadAsync(scan, id, made.Endpoint!, limit, cancellationToken);
        }
        finally
        {
            // One that is left over ends by itself after a while.
            await gateway.SendAsync(
                new() { Method = HttpMethod.Delete, Path = GatewayPaths.Scanner(scan.Table, id), Operation = "scanner-end", Table = scan.Table, Only = made.Endpoint }, CancellationToken.None);
        }
    }

    private async Task<GatewayReply<List<Row>>> ReadAsync(RangeScan scan, string id, GatewayEndpoint endpoint, int limit, CancellationToken cancellationToken)
    {
        var rows = new List<Row>();
        while (true)
        {
            var reply = await gateway.SendAsync(
                new() { Method = HttpMethod.Get, Path = GatewayPaths.Scanner(scan.Table, id), Operation = scan.Operation, Table = scan.Table, Rows = limit, Only = endpoint, IsAdmin = scan.SinceMs is not null },
                static body => body.IsEmpty ? null : RowsJsonReader.Read(body),
                cancellationToken);
            if (reply.Kind is not ReplyKind.Ok)
                // A 404 is a scanner that the gateway does not know: another gateway answered, or it was started anew.
                return new(reply.Kind is ReplyKind.NoRows or ReplyKind.Foreign ? ReplyKind.Transient : reply.Kind, reply.Reason ?? "the scanner is gone") { Endpoint = endpoint };
            if (reply.Value is not { Count: > 0 } part)
                return new(ReplyKind.Ok, null) { Value = rows, Endpoint = endpoint };

            Join(rows, part);
            // Only when the next row has begun is a row known to be whole.
            if (rows.Count > limit)
                return new(ReplyKind.Ok, null) { Value = rows[..limit], Endpoint = endpoint };
        }
    }

    /// <summary>Puts the pieces of rows together.</summary>
    private static void Join(List<Row> rows, List<Row> part)
    {
        foreach (var piece in part)
        {
            if (rows.Count > 0 && rows[^1].Key == piece.Key)
                rows[^1] = piece with { Cells = [.. rows[^1].Cells, .. piece.Cells] };
            else
                rows.Add(piece);
        }
    }

    private static byte[] Describe(RangeScan scan, int limit)
    {
        var body = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            json.WriteNumber("batch", Math.Min((limit + 1) * CellsPerRow, MaxCells));
            json.WriteNumber("maxVersions", scan.SinceMs is null ? 1 : StoreColumns.Versions);
            json.WriteBase64String("startRow", Encoding.Latin1.GetBytes(scan.Start));
            if (scan.End.Length > 0)
                json.WriteBase64String("endRow", Encoding.Latin1.GetBytes(scan.End));
            if (scan.SinceMs is { } since)
                json.WriteNumber("startTime", since);
            if (scan.Column is not null)
            {
                json.WriteStartArray("column");
                json.WriteBase64StringValue(Encoding.UTF8.GetBytes(scan.Column));
                json.WriteEndArray();
            }

            json.WriteEndObject();
        }

        return body.WrittenSpan.ToArray();
    }
}
