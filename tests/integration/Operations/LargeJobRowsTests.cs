using MyriadSync.Myriad;

namespace MyriadSync.IntegrationTests.Operations;

/// <summary>A batch meets records that a job made larger than a commit, or than any row of the log. No scan comes to its help.</summary>
public sealed class LargeJobRowsTests(SharedAzurite azurite)
{
    private const string Dataset = "large-job-rows";

    [Fact]
    public async Task Push_RecordFitsNoRowOfTheLog_ParksTheChangeAndTakesTheOthers()
    {
        await using var app = await StartAsync();
        var (api, client) = (app.Api(Dataset), new WireClient("c1"));
        await api.PushToEndAsync(client.Batch("b1", client.Put("large", new { n = 1 }), client.Put("other", new { n = 1 })));
        await WriteAsync(app, "large", 1_500_000);

        var pushed = await api.PushAsync(client.Batch("b2", client.Set("large", "n", 2, 1), client.Set("other", "n", 2, 2)));
        var next = await api.PushAsync(client.Batch("b3", client.Set("other", "n", 3, 3)));

        Assert.Equal(["poisoned", "applied"], pushed.Outcomes);
        Assert.Equal("record-too-large", pushed.Results[0].GetProperty("reason").GetString());
        Assert.Equal(["applied"], next.Outcomes);
    }

    [Fact]
    public async Task Push_RecordsTogetherFitNoCommit_TakesThemOverInSeveral()
    {
        const int records = 60;
        await using var app = await StartAsync();
        var (api, client) = (app.Api(Dataset), new WireClient("c1"));
        var keys = Enumerable.Range(0, records).Select(i => new string('k', i + 1)).ToList();
        await api.PushToEndAsync(client.Batch("b1", keys.Select(key => client.Put(key, new { n = 1 }))));
        foreach (var key in keys)
        {
            await WriteAsync(app, key, 100_000);
        }

        var pushed = await api.PushAsync(client.Batch("b2", keys.Select((key, i) => client.Set(key, "n", 2, i + 1))));

        Assert.Equal(Enumerable.Repeat("merged", records), pushed.Outcomes);
    }

    /// <summary>A job that writes a cell which does not compress.</summary>
    private static Task WriteAsync(GatedApp app, string key, int bytes)
    {
        var noise = new byte[bytes];
        new Random(key.Sum(letter => letter)).NextBytes(noise);
        return new ClusterJob(app.Services.Get<IRecordStore>(), Dataset)
            .PutAsync("todos", key, "d:photo", $"\"{Convert.ToBase64String(noise)}\"", TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());
    }

    private Task<GatedApp> StartAsync() => GatedApp.StartAsync(azurite, more: new Dictionary<string, string> { ["Myriad:Scan:Schedule"] = "0 0 0 1 1 *" });
}
