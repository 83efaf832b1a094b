using MyriadSync.IntegrationTests.ExistingTables;
using MyriadSync.IntegrationTests.Scans;
using MyriadSync.Orchestration.Audits;

namespace MyriadSync.IntegrationTests.Audits;

/// <summary>A table that others made is audited like ours.</summary>
public sealed class ExistingTableAuditTests(SharedAzurite azurite)
{
    private const string Dataset = "shop";
    private const string Table = "jobs:goods";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <param name="sync">Where what sync notes lies: in the row, which takes it along when it is deleted, or beside it.</param>
    [Theory]
    [InlineData("""{ "family": "sync", "add": true }""")]
    [InlineData("""{ "table": "myriadsync:goods" }""")]
    public async Task Audit_JobDeletedARow_DeletesTheRecordOnce(string sync)
    {
        using var folder = new TemporaryFolder();
        var stores = StoreFolder.Write(folder, ("goods", $$"""
            {
              "store": "goods", "policy": "field-merge",
              "table": { "name": "{{Table}}", "key": "utf8", "dataset": "{{Dataset}}", "sync": {{sync}} },
              "mapping": { "fields": { "name": { "column": "cf:name", "as": "utf8" } } }
            }
            """));
        await using var app = await ScanApp.StartAsync(azurite, settings: new Dictionary<string, string> { [StoreFolder.Setting] = stores });
        await using var job = new TableJob(app.Gates.Stack.HBaseAddress, Table);
        await job.CreateAsync("cf");
        var client = app.Client(Dataset);
        await client.PushAsync(client.Put("goods", "k1", """{"name":"tea"}"""), client.Put("goods", "k2", """{"name":"milk"}"""));
        var before = await AuditAsync(app);
        using var http = new HttpClient { BaseAddress = app.Gates.Stack.HBaseAddress };
        using var deleted = await http.DeleteAsync(new Uri($"{Uri.EscapeDataString(Table)}/k1", UriKind.Relative), Cancel);
        deleted.EnsureSuccessStatusCode();

        var (first, second) = (await AuditAsync(app), await AuditAsync(app));

        Assert.Equal(((0L, 0L), (0L, 1L), (0L, 0L)), (before, first, second));
        var entry = Assert.Single(await client.PullAllAsync(), entry => entry.GetProperty("rev").GetInt64() > 2);
        Assert.Equal(("delete", "k1"), (entry.GetProperty("op").GetString(), entry.GetProperty("key").GetString()));
    }

    private static async Task<(long Changed, long Gone)> AuditAsync(ScanApp app)
    {
        var audit = app.Gates.Services.Get<ClusterAudit>();
        await audit.BeginAsync(Cancel);
        var mark = await audit.ContinueAsync(Table, TimeSpan.FromSeconds(120), Cancel);
        Assert.NotNull(mark.EndedAt);
        return (mark.Changed, mark.Gone);
    }
}
