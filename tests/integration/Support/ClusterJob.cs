using System.Text;
using System.Text.Json.Nodes;
using MyriadSync.Myriad;

namespace MyriadSync.IntegrationTests.Support;

/// <summary>A job on the cluster, which writes and deletes cells beside the app.</summary>
internal sealed class ClusterJob(IRecordStore store, string dataset)
{
    private const string Table = TableMapOptions.DefaultTable;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Two hours from now: whoever writes that has a wrong clock.</summary>
    public static long Future => TimeProvider.System.GetUtcNow().AddHours(2).ToUnixTimeMilliseconds();

    /// <summary>Writes a cell.</summary>
    public async Task PutAsync(string name, JsonNode key, string column, string value, long timestamp) =>
        Assert.Equal(StoreFault.None, (await store.WriteAsync(Table, [new RowPut(Row(name, key), [new Cell(column, timestamp, Encoding.UTF8.GetBytes(value))])], [], Cancel)).Fault);

    /// <summary>Deletes a column's cells up to a timestamp.</summary>
    public async Task DeleteAsync(string name, JsonNode key, string column, long timestamp) =>
        Assert.Equal(StoreFault.None, (await store.WriteAsync(Table, [], [new RowDelete(Row(name, key), [column], timestamp)], Cancel)).Fault);

    private string Row(string name, JsonNode key) => Keys.Row(dataset, key, name);
}
