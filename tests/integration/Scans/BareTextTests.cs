namespace MyriadSync.IntegrationTests.Scans;

/// <summary>What a job writes with the hbase shell is text, not JSON: browsers get it as a string, and the cell becomes JSON.</summary>
public sealed class BareTextTests(SharedAzurite azurite)
{
    [Fact]
    public async Task Scan_JobWritesBareText_IsAStringInBrowsersAndJsonOnTheCluster()
    {
        await using var app = await ScanApp.StartAsync(azurite);
        var (client, job) = (app.Client("bare"), app.Job("bare"));
        await client.PushAsync(client.Put("todos", "k", """{"title":"t","votes":1}"""));
        var written = (await job.ReadAsync("todos", "k"))["d:title"].Timestamp + 1;
        await job.PutAsync("todos", "k", written, ("d:title", "buy \"milk\""), ("d:place", "Zürich"));
        await app.ReachAsync(written);

        var (first, second) = (await app.ScanAsync(), await app.ScanAsync());
        var push = await client.PushAsync(client.Patch("todos", "k", """{"set":{"/votes":2}}""", on: 2));

        Assert.Equal((1, 0), (first.Taken, second.Taken));
        Assert.Equal("applied", push.Results[0].GetProperty("outcome").GetString());
        Assert.Equal("""{"place":"Zürich","title":"buy \"milk\"","votes":2}""", (await client.PullAllAsync())[^1].GetProperty("value").GetRawText());
        Assert.Equal("""d:place="Zürich" d:title="buy \"milk\"" d:votes=2""", await job.FieldsAsync("todos", "k"));
    }
}
