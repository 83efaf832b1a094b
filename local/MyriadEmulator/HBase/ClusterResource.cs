using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MyriadSync.MyriadEmulator.Store;

namespace MyriadSync.MyriadEmulator.HBase;

/// <summary><c>/</c>, <c>/version</c>, <c>/version/cluster</c>, <c>/status/cluster</c> and <c>/{table}/regions</c>: one region server, one region a table.</summary>
internal sealed class ClusterResource(CellStore store)
{
    private const string HBaseVersion = "2.6.1";

    private const string RegionServer = "localhost:16020";

    private readonly long _startedAt = store.Now;
    private long _requests;

    public Answer ListTables() => store.WithCatalog(catalog => Answer.Json(TableList.Of(catalog.Tables.Keys)) with { NoCache = true });

    public static Answer Version(string? what) => what switch
    {
        "cluster" => Json(new { Version = HBaseVersion }),
        null or "" or "rest" => Json(new
        {
            Server = "MyriadEmulator",
            Jersey = "",
            Version = HBaseVersion,
            Revision = "emulated",
            REST = "0.0.3",
            JVM = RuntimeInformation.FrameworkDescription,
            OS = RuntimeInformation.OSDescription,
        }),
        _ => Answer.NoSuchPath,
    };

    public Answer Status()
    {
        var regions = store.WithCatalog(catalog => catalog.Tables.Values.Select(RegionName).ToList());
        var requests = Interlocked.Increment(ref _requests);
        var node = new
        {
            name = RegionServer,
            startCode = _startedAt,
            requests,
            heapSizeMB = 100,
            maxHeapSizeMB = 1000,
            Region = regions.Select(name => new { name = Convert.ToBase64String(Encoding.UTF8.GetBytes(name)), stores = 1, storefiles = 0, memStoreSizeMB = 0 }),
        };
        return Json(new { LiveNodes = new[] { node }, DeadNodes = Array.Empty<object>(), regions = regions.Count, requests, averageLoad = (double)regions.Count });
    }

    public Answer Regions(string table)
    {
        if (store.FindTable(table) is not { } schema)
            return Answer.NotFound;
        var region = new { id = schema.CreatedAtMs, startKey = "", endKey = "", location = RegionServer, name = RegionName(schema) };
        return Json(new { name = table, Region = new[] { region } });
    }

    private static string RegionName(TableSchema table)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{table.Name},,{table.CreatedAtMs}");
        return $"{name}.{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 16))}.";
    }

    private static Answer Json(object value) => Answer.Json(JsonSerializer.Serialize(value)) with { NoCache = true };
}
