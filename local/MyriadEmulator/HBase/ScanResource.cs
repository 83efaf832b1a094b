using System.Text;
using MyriadSync.MyriadEmulator.Store;

namespace MyriadSync.MyriadEmulator.HBase;

/// <summary><c>/{table}/{prefix}*[/{columns}]?startrow=…</c>: whole rows in byte order, kept by no server between two requests.</summary>
internal sealed class ScanResource(CellStore store)
{
    /// <summary>Rows read under the store's lock before others get their turn.</summary>
    private const int PartRows = 512;

    private const int FlushBytes = 256 * 1024;

    public async ValueTask<Answer> GetAsync(GatewayRequest request, string table, string scanSpec)
    {
        if (Negotiation.CheckAccept(request.Context.Request, isRow: false) is { } refusal)
            return refusal;
        if (!request.IsWellFormed || !FormDecoder.TryDecode(scanSpec[..^1], out var prefix))
            return Answer.RequestFailed;
        if (ScanFilter.Parse(request.Query("filter"), out var filter) is { } notEmulated)
            return notEmulated;
        if (ScanNumbers.Read(request) is not { } numbers)
            return Answer.NoSuchPath;
        var columns = new RowSpec();
        var more = request.Segments.Length > 2 ? request.Segments[2] : "";
        if ((more.Length > 0 && !columns.ParseColumns(more)) || request.QueryAll("column").Any(column => column.Length == 0))
            return Answer.RequestFailed;
        var read = columns.ToRead(numbers.MaxVersions);
        foreach (var column in request.QueryAll("column"))
        {
            var (family, qualifier) = RowSpec.SplitColumn(Encoding.UTF8.GetBytes(column));
            read.Select(family, qualifier);
        }
        if (store.FindTable(table) is not { } schema || numbers.From > numbers.To)
            return Answer.RequestFailed;
        // A comma in `column` is part of the qualifier, and a qualifier nobody wrote finds nothing; a family nobody made fails.
        if (read.Columns is not null && read.Columns.Keys.Any(family => Names.UnknownFamily(schema, [(family, null)]) is not null))
            return Answer.RequestFailed;
        (read.From, read.To, read.KeysOnly, read.FirstCellOnly) = (numbers.From, numbers.To, filter.KeysOnly, filter.FirstCellOnly);
        await ScanAsync(request, schema, read, RowRange.Of(request, prefix, filter.Prefix), numbers);
        return Answer.Cells;
    }

    private async Task ScanAsync(GatewayRequest request, TableSchema table, ReadSpec read, RowRange range, ScanNumbers numbers)
    {
        var writer = new CellSetWriter(request.Output);
        writer.Begin();
        var from = range.Start;
        var more = numbers is { Limit: > 0, MaxVersions: > 0 };
        while (more)
        {
            var last = from;
            more = store.ReadFrom(table, from, PartRows, (key, packed) =>
            {
                if (!range.Contains(key))
                    return false;
                var cells = new VisibleCells(packed, table, read, store.Now);
                writer.WriteRow(key, ref cells, numbers.BatchSize, numbers.Limit);
                last = key.ToArray();
                return writer.Rows < numbers.Limit && request.Output.Length < FlushBytes;
            });
            more |= writer.Rows < numbers.Limit && request.Output.Length >= FlushBytes;
            from = RowRange.After(last);
            if (more && request.Output.Length >= FlushBytes)
                await request.FlushAsync(request);
        }
        writer.End();
    }
}
