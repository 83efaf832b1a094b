using MyriadSync.IntegrationTests.Mapping;

namespace MyriadSync.IntegrationTests.Operations;

/// <summary>A row that a job left unreadable is parked, fails again as long as it is, and is taken over once the job has mended it.</summary>
public sealed class RowRedriveTests(SharedAzurite azurite)
{
    [Fact]
    public async Task Redrive_RowStillUnreadableAndThenMended_IsTakenOverOnce()
    {
        await using var apps = new MappedApp(azurite);
        var stack = await apps.StartAsync(MappedApp.Typed);
        using var client = new DatasetClient(stack, "rows");
        using var job = new JobOnCluster(stack, "rows");
        await client.PushAsync(client.Put("cities", "york", """{"capital":false,"name":"York","population":5}"""));
        await job.PutAsync("york", ("d:pop", "many"u8.ToArray()), ("d:name", "Jorvik"u8.ToArray()));

        // Met by a change that comes to nothing: a write of ours would put the row right.
        await client.PushAsync(client.Patch("cities", "york", """{"inc":{"/name":1}}""", on: 1));
        await Eventually.TrueAsync("the row is recorded", async () => PoisonStack.Ids(await client.GetAsync("/poison")).Count > 0, TimeSpan.FromSeconds(60));
        var id = Assert.Single(PoisonStack.Ids(await client.GetAsync("/poison?kind=row")));
        var failed = await client.PostAsync($"/poison/{id}/redrive");
        await job.PutAsync("york", ("d:pop", [0, 0, 0, 0, 0, 0, 0, 7]));
        var redriven = await client.PostAsync($"/poison/{id}/redrive");
        var again = await client.PostAsync($"/poison/{id}/redrive");

        Assert.Equal(("open", "unreadable-cell", 2), (failed.Text("state"), failed.Text("reason"), failed.Number("attempts")));
        Assert.Equal("redriven", redriven.Text("state"));
        Assert.Equal(redriven.Json.GetRawText(), again.Json.GetRawText());
        var taken = Assert.Single(await client.PullAllAsync(), change => change.GetProperty("by").GetString() == "myriad");
        Assert.Equal((id, """{"capital":false,"name":"Jorvik","population":7}"""), (taken.GetProperty("cause").GetString(), taken.GetProperty("value").GetRawText()));
        Assert.Equal("d:capital=00 d:name=4A6F7276696B d:pop=0000000000000007 d:type=63697479", await job.RowAsync("york"));
    }
}
