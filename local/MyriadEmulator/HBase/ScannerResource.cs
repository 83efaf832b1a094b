using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using MyriadSync.MyriadEmulator.Store;

namespace MyriadSync.MyriadEmulator.HBase;

/// <summary>
/// <c>/{table}/scanner</c>: a scan that this one process remembers. An answer holds so many cells, and cuts rows in two where that falls inside one.
/// </summary>
internal sealed class ScannerResource(CellStore store)
{
    private const int DefaultBatch = 100;

    private const int PartRows = 512;

    private readonly ConcurrentDictionary<string, Scanner> _scanners = new(StringComparer.Ordinal);
    private long _lastId;

    public Answer Handle(GatewayRequest request, string table)
    {
        if (request.Segments.Length == 2)
            return request.IsPutOrPost ? Create(request, table) : Answer.MethodNotAllowed("POST,OPTIONS,PUT");
        var id = request.Segments[2];
        if (HttpMethods.IsDelete(request.Method))
            return _scanners.TryRemove(id, out _) ? Answer.Ok : Answer.NotFound;
        if (!request.IsRead)
            return Answer.MethodNotAllowed("DELETE,GET,OPTIONS");
        if (Negotiation.CheckAccept(request.Context.Request, isRow: false) is { } refusal)
            return refusal;
        return _scanners.TryGetValue(id, out var scanner) && store.FindTable(table) is { } schema ? Next(request, schema, scanner) : Answer.NotFound;
    }

    private Answer Create(GatewayRequest request, string table)
    {
        if (Negotiation.CheckContentType(request.Context.Request) is { } refusal)
            return refusal;
        if (!JsonBody.TryParse(request, out var body) || body is not { ValueKind: JsonValueKind.Object } model)
            return Answer.RequestFailed;
        if (model.TryGetProperty("filter", out _))
            return Answer.NotEmulated("filters in a stateful scanner");
        if (Scanner.Read(model) is not { } scanner)
            return Answer.RequestFailed;
        var id = string.Create(CultureInfo.InvariantCulture, $"{store.Now}{Interlocked.Increment(ref _lastId):x8}");
        _scanners[id] = scanner;
        return Answer.Created($"{request.BaseUrl}/{table}/scanner/{id}");
    }

    private Answer Next(GatewayRequest request, TableSchema table, Scanner scanner)
    {
        var writer = new CellSetWriter(request.Output);
        var left = scanner.Batch;
        writer.Begin();
        lock (scanner)
        {
            var more = true;
            while (more && left > 0)
            {
                more = store.ReadFrom(table, scanner.Position, PartRows, (key, packed) =>
                    scanner.Contains(key) && WriteRow(writer, scanner, key, new VisibleCells(packed, table, scanner.Spec, store.Now), ref left));
            }
        }
        writer.End();
        return writer.Rows > 0 ? Answer.Cells with { NoCache = true } : new Answer(204);
    }

    /// <returns>False when the batch is full.</returns>
    private static bool WriteRow(CellSetWriter writer, Scanner scanner, ReadOnlySpan<byte> key, VisibleCells cells, ref int left)
    {
        var sent = key.SequenceEqual(scanner.Position) ? scanner.CellsSent : 0;
        for (var skipped = 0; skipped < sent; skipped++)
            cells.Next();
        var written = 0;
        while (left > 0 && cells.Next())
        {
            if (written++ == 0)
                writer.BeginRow(key);
            else
                writer.Separate();
            writer.WriteCell(cells);
            left--;
        }
        if (written > 0)
            writer.EndRow();
        (scanner.Position, scanner.CellsSent) = left > 0 ? (RowRange.After(key.ToArray()), 0) : (key.ToArray(), sent + written);
        return left > 0;
    }

    private sealed class Scanner
    {
        public byte[] Position { get; set; } = [];

        /// <summary>Cells of the row at <see cref="Position"/> that were sent already.</summary>
        public int CellsSent { get; set; }

        public byte[] End { get; private init; } = [];

        public int Batch { get; private set; } = DefaultBatch;

        /// <summary>All versions, unless the scanner says how many.</summary>
        public ReadSpec Spec { get; } = new() { MaxVersions = int.MaxValue };

        public static Scanner? Read(JsonElement model)
        {
            try
            {
                var scanner = new Scanner
                {
                    Position = Bytes(model, "startRow"),
                    End = Bytes(model, "endRow"),
                };
                return model.EnumerateObject().All(scanner.Take) ? scanner : null;
            }
            catch (Exception exception) when (exception is FormatException or InvalidOperationException)
            {
                return null;
            }
        }

        public bool Contains(ReadOnlySpan<byte> key) => End.Length == 0 || key.SequenceCompareTo(End) < 0;

        private static byte[] Bytes(JsonElement model, string name) => model.TryGetProperty(name, out var value) ? value.GetBytesFromBase64() : [];

        private bool Take(JsonProperty property)
        {
            switch (property.Name)
            {
                case "batch":
                    Batch = property.Value.GetInt32();
                    return Batch > 0;
                case "maxVersions":
                    Spec.MaxVersions = property.Value.GetInt32();
                    return Spec.MaxVersions > 0;
                case "startTime":
                    Spec.From = property.Value.GetInt64();
                    return true;
                case "endTime":
                    Spec.To = property.Value.GetInt64();
                    return true;
                case "column":
                    foreach (var column in property.Value.EnumerateArray())
                    {
                        var (family, qualifier) = RowSpec.SplitColumn(column.GetBytesFromBase64());
                        Spec.Select(family, qualifier);
                    }
                    return true;
                default:
                    return property.Name is "startRow" or "endRow" or "caching" or "cacheBlocks";
            }
        }
    }
}
