using System.Text.Json.Nodes;
using MyriadSync.Configuration;

namespace MyriadSync.IntegrationTests.Mapping;

/// <summary>A store's mapping changes over rows that it has.</summary>
public sealed class RemapTests(SharedAzurite azurite)
{
    private const string Dataset = "remapped";

    // The name moves into a column that was a field's before, the population to JSON, and lat loses its place.
    private const string Other = """
        { "fields": {
            "name": { "column": "d:pop", "as": "utf8" },
            "population": { "column": "d:inhabitants" },
            "lat": { "drop": true }, "pop": { "drop": true }, "inhabitants": { "drop": true },
            "capital": { "column": "d:capital", "as": "boolean", "default": false } },
          "others": "json" }
        """;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Start_OverRowsOfAnotherMapping_IsRefusedWithTheCommand()
    {
        await using var apps = new MappedApp(azurite);
        var before = await apps.StartAsync(MappedApp.Typed);
        using var client = new SyncClient(before, Dataset);
        await client.PushAsync(Change.Put("cities", "york", JsonNode.Parse("""{"capital":false,"name":"York"}""")!));
        await before.StopAppAsync();

        var refused = await Assert.ThrowsAnyAsync<Exception>(() => apps.StartAsync(Other, beside: before));
        var withoutFile = await Assert.ThrowsAnyAsync<Exception>(() => apps.StartAsync(null, beside: before));
        var same = await apps.StartAsync(MappedApp.Typed.Replace("\"poison\"", "\"default\"", StringComparison.Ordinal), beside: before);

        Assert.Contains("Store cities", refused.ToString(), StringComparison.Ordinal);
        Assert.Contains("dotnet run --project local/Cli -- remap cities", refused.ToString(), StringComparison.Ordinal);
        Assert.Contains("none (fields are JSON cells)", withoutFile.ToString(), StringComparison.Ordinal);
        Assert.NotNull(same);
    }

    [Fact]
    public async Task Remap_RowsOfTheOldMapping_LieByTheNewOneAndClientsAreToldOfWhatChanged()
    {
        await using var apps = new MappedApp(azurite);
        var before = await apps.StartAsync(MappedApp.Typed);
        using var client = new SyncClient(before, Dataset);
        using var job = new JobOnCluster(before, Dataset);
        await client.PushAsync(
            Change.Put("cities", "york", JsonNode.Parse("""{"capital":false,"name":"York","population":5}""")!),
            Change.Put("cities", "hull", JsonNode.Parse("""{"capital":false,"lat":53.5,"name":"Hull"}""")!),
            Change.Put("cities", "gone", JsonNode.Parse("""{"capital":false,"name":"Gone"}""")!));
        await client.PushAsync(Change.Delete("cities", "gone", 3));
        await before.StopAppAsync();

        var stopped = await apps.StartAsync(Other, beside: before, startApp: false);
        using var app = stopped.BuildApp();
        var answer = await app.Services.RemapStoreAsync("cities", alone: true, Cancel);
        var again = await app.Services.RemapStoreAsync("cities", alone: true, Cancel);
        var after = await apps.StartAsync(Other, beside: before);
        using var reader = new SyncClient(after, Dataset);
        var changes = await reader.PullAsync();
        var snapshot = await reader.SnapshotAsync();

        Assert.Equal((true, 2, 1), (answer.Done, answer.Rows, answer.Changed));
        Assert.Equal((true, 0), (again.Done, again.Rows));
        Assert.Equal("d:capital=00 d:inhabitants=35 d:pop=596F726B", await job.RowAsync("york"));
        Assert.Equal("d:capital=00 d:pop=48756C6C", await job.RowAsync("hull"));
        Assert.Equal("remap", (string?)changes[^1]["cause"]);
        Assert.Equal("""{"capital":false,"name":"Hull"}""", changes[^1]["value"]!.ToJsonString());
        Assert.Equal(
            ["""{"capital":false,"name":"Hull"}""", """{"capital":false,"name":"York","population":5}"""],
            snapshot.Select(record => record["value"]!.ToJsonString()));
        Assert.Equal([5L, 1L], snapshot.Select(record => (long)record["rev"]!));
        using var writer = new SyncClient(after, Dataset);
        await writer.PushAsync(Change.Patch("cities", "york", 1, ("set", JsonNode.Parse("""{"/population":6}""")!)));
        Assert.Equal("d:capital=00 d:inhabitants=36 d:pop=596F726B", await job.RowAsync("york"));
        Assert.DoesNotContain(await reader.PullAsync(), change => (string?)change["by"] == "myriad");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Remap_KilledBetweenItsWrites_IsFinishedByTheNextRun(int after)
    {
        await using var apps = new MappedApp(azurite);
        var before = await apps.StartAsync(MappedApp.Typed);
        using var client = new SyncClient(before, Dataset);
        using var job = new JobOnCluster(before, Dataset);
        await client.PushAsync(
            Change.Put("cities", "york", JsonNode.Parse("""{"capital":false,"name":"York","population":5}""")!),
            Change.Put("cities", "hull", JsonNode.Parse("""{"capital":false,"lat":53.5,"name":"Hull"}""")!));
        await before.StopAppAsync();

        var calls = new GatedCalls();
        var stopped = await apps.StartAsync(Other, beside: before, startApp: false, calls: calls);
        using (var dies = stopped.BuildApp())
        {
            using var gate = calls.Gate(nameof(MyriadSync.Myriad.IRecordStore.WriteAsync), CallSide.After);
            var run = dies.Services.RemapStoreAsync("cities", alone: true, Cancel);
            for (var write = 1; write < after; write++)
                (await gate.NextAsync()).Continue();
            (await gate.NextAsync()).Fail(new InvalidOperationException("killed"));
            await Assert.ThrowsAsync<InvalidOperationException>(() => run);
        }

        using var app = stopped.BuildApp();
        var answer = await app.Services.RemapStoreAsync("cities", alone: true, Cancel);
        var next = await apps.StartAsync(Other, beside: before);
        using var reader = new SyncClient(next, Dataset);

        Assert.True(answer.Done);
        Assert.Equal("d:capital=00 d:inhabitants=35 d:pop=596F726B", await job.RowAsync("york"));
        Assert.Equal("d:capital=00 d:pop=48756C6C", await job.RowAsync("hull"));
        Assert.Single(await reader.PullAsync(), change => (string?)change["cause"] == "remap");
        Assert.Equal(
            ["""{"capital":false,"name":"Hull"}""", """{"capital":false,"name":"York","population":5}"""],
            (await reader.SnapshotAsync()).Select(record => record["value"]!.ToJsonString()));
        using var writer = new SyncClient(next, Dataset);
        await writer.PushAsync(Change.Patch("cities", "york", 1, ("set", JsonNode.Parse("""{"/population":6}""")!)));
        Assert.DoesNotContain(await reader.PullAsync(), change => (string?)change["by"] == "myriad");
    }

    [Fact]
    public async Task Remap_ThereAndBack_HidesNothing()
    {
        await using var apps = new MappedApp(azurite);
        var before = await apps.StartAsync(MappedApp.Typed);
        using var client = new SyncClient(before, Dataset);
        using var job = new JobOnCluster(before, Dataset);
        await client.PushAsync(Change.Put("cities", "york", JsonNode.Parse("""{"capital":false,"name":"York","population":5}""")!));
        var typed = await job.RowAsync("york");
        await before.StopAppAsync();

        foreach (var mapping in new[] { Other, null, MappedApp.Typed })
        {
            var stopped = await apps.StartAsync(mapping, beside: before, startApp: false);
            using var app = stopped.BuildApp();
            Assert.True((await app.Services.RemapStoreAsync("cities", alone: true, Cancel)).Done);
        }

        Assert.Equal(typed, await job.RowAsync("york"));
        Assert.NotNull(await apps.StartAsync(MappedApp.Typed, beside: before));
    }

    [Fact]
    public async Task Remap_RecordThatTheNewMappingCannotHold_ChangesNothingAndNamesIt()
    {
        await using var apps = new MappedApp(azurite);
        var before = await apps.StartAsync(MappedApp.Typed);
        using var client = new SyncClient(before, Dataset);
        using var job = new JobOnCluster(before, Dataset);
        await client.PushAsync(Change.Put("cities", "york", JsonNode.Parse("""{"capital":false,"lat":1.5,"name":"York"}""")!));
        var row = await job.RowAsync("york");
        await before.StopAppAsync();

        var stopped = await apps.StartAsync(MappedApp.Typed.Replace("double", "int64", StringComparison.Ordinal), beside: before, startApp: false);
        using var app = stopped.BuildApp();
        var answer = await app.Services.RemapStoreAsync("cities", alone: true, Cancel);

        Assert.False(answer.Done);
        Assert.Contains(answer.Trouble, line => line.Contains("/lat out-of-domain", StringComparison.Ordinal));
        Assert.Equal(row, await job.RowAsync("york"));
        Assert.NotNull(await apps.StartAsync(MappedApp.Typed, beside: before));
    }
}
