using MyriadSync.Myriad;

namespace MyriadSync.IntegrationTests.Scans;

/// <summary>A job writes a field between the timestamp of a browser's commit and its arrival on the cluster: nobody ever sees the job's cell. Which of the two is the later edit counts.</summary>
public sealed class HiddenCellTests(SharedAzurite azurite)
{
    private const string Store = "notes";

    /// <param name="clockOffMs">How far the browser's clock is from the job's when it makes its edit.</param>
    /// <param name="title">What is left.</param>
    /// <param name="taken">Whether the scan takes the job's edit over.</param>
    [Theory]
    [InlineData(-60_000, "job", 1)]
    [InlineData(30_000, "mine", 0)]
    public async Task Scan_JobsCellIsHiddenUnderACommitOfABrowser_IsSettledByTime(int clockOffMs, string title, int taken)
    {
        using var folder = new TemporaryFolder();
        var stores = StoreFolder.Write(folder, (Store, """{ "store": "notes", "policy": "field-merge" }"""));
        await using var app = await ScanApp.StartAsync(azurite, settings: new Dictionary<string, string> { [StoreFolder.Setting] = stores });
        var (client, job) = (app.Client("hidden"), app.Job("hidden"));
        client.ClockOffMs = -120_000;
        await client.PushAsync(client.Put(Store, "k", """{"title":"t"}"""));
        await app.ReachAsync((await job.ReadAsync(Store, "k"))["m:rev"].Timestamp + 10);
        using var writes = app.Gates.Store.Gate(nameof(IRecordStore.WriteAsync), when: puts => ((IReadOnlyList<RowPut>)puts).Any(put => put.Key.StartsWith("hidden", StringComparison.Ordinal)), atMost: 1);
        using var other = new DatasetClient(app.Gates.Stack, "hidden", "c2") { ClockOffMs = clockOffMs };

        await other.SendAsync(other.Batch([other.Patch(Store, "k", """{"set":{"/title":"mine"}}""", on: 1)]), "wait=0");
        var write = await writes.NextAsync();
        var commitTs = ((IReadOnlyList<RowPut>)write.Argument)[0].Cells[0].Timestamp;
        await job.PutAsync(Store, "k", commitTs - 1, ("d:title", "\"job\""));
        write.Continue();
        await Eventually.TrueAsync("the commit is on the cluster", async () => (await client.DatasetAsync()).Number("applied") == 2, TimeSpan.FromSeconds(60));
        var before = await job.FieldsAsync(Store, "k");
        var (first, second) = (await app.ScanAsync(), await app.ScanAsync());

        Assert.Equal("d:title=\"mine\"", before);
        Assert.Equal((taken, 0), (first.Taken, second.Taken));
        Assert.Equal($"d:title=\"{title}\"", await job.FieldsAsync(Store, "k"));
        Assert.Equal($$"""{"title":"{{title}}"}""", (await client.PullAllAsync())[^1].GetProperty("value").GetRawText());
    }
}
