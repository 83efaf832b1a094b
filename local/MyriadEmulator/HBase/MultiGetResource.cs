using MyriadSync.MyriadEmulator.Store;

namespace MyriadSync.MyriadEmulator.HBase;

/// <summary><c>/{table}/multiget[/{columns}]?row=…&amp;row=…[&amp;v=N]</c>: the rows asked for, in that order, without those that are missing.</summary>
internal sealed class MultiGetResource(CellStore store)
{
    public Answer Get(GatewayRequest request, string table)
    {
        if (Negotiation.CheckAccept(request.Context.Request, isRow: false) is { } refusal)
            return refusal;
        if (request.HasOtherKeyEncoding)
            return Answer.NotEmulated("row keys in another encoding than b64");
        if (request.Query("filter") is not null)
            return Answer.NotEmulated("filters in a multi-get");
        if (!request.IsWellFormed || !RowResource.ReadVersions(request, out var versions))
            return Answer.RequestFailed;
        if (versions <= 0)
            return Answer.Unavailable("java.io.IOException: versions must be positive", "client.Get.readVersions(Get.java:295)");

        var shared = new RowSpec();
        if (request.Segments.Length > 2 && request.Segments[2].Length > 0 && !shared.ParseColumns(request.Segments[2]))
            return Answer.RequestFailed;
        var rows = request.QueryAll("row").Select(row => RowSpec.Parse(row, request.IsInBase64)).ToList();
        if (rows.Count == 0)
            return Answer.NoRowsFound;
        return rows.TrueForAll(row => row is not null) && store.FindTable(table) is { } schema
            ? Read(request, schema, shared, rows!, versions)
            : Answer.RequestFailed;
    }

    private Answer Read(GatewayRequest request, TableSchema table, RowSpec shared, List<RowSpec> rows, int versions)
    {
        var writer = new CellSetWriter(request.Output);
        writer.Begin();
        var common = shared.ToRead(versions);
        var now = store.Now;
        foreach (var row in rows)
        {
            var read = common;
            if (row.Columns.Count > 0 || row.HasTimes)
            {
                read = row.ToRead(versions);
                foreach (var (family, qualifier) in shared.Columns)
                    read.Select(family, qualifier);
            }
            if (read.Columns is not null && read.Columns.Keys.Any(family => Names.UnknownFamily(table, [(family, null)]) is not null))
                return Answer.RequestFailed;
            store.Read(table, row.Row, (key, packed) =>
            {
                var cells = new VisibleCells(packed, table, read, now);
                writer.WriteRow(key, ref cells);
                return true;
            });
        }
        writer.End();
        return writer.Rows > 0 ? Answer.Cells : Answer.NoRowsFound;
    }
}
