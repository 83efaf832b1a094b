using MyriadSync.IntegrationTests.Scans;
using MyriadSync.MyriadEmulator.Faults;

namespace MyriadSync.IntegrationTests.Interleavings;

/// <summary>A job writes a cell 59 s, and another two hours, into the future: only those records wait, or are parked; the dataset goes on.</summary>
public sealed class Row23CellsOfTheFutureTests(SharedAzurite azurite)
{
    private const string Dataset = "row23";
    private const long HourMs = 3_600_000;

    [Fact]
    public async Task Scan_CellsOfTheFuture_KeepOnlyTheirOwnRecordsWaiting()
    {
        await using var app = await ScanApp.StartAsync(azurite);
        var (client, job) = (app.Client(Dataset), app.Job(Dataset));
        await client.PushAsync(client.Put("todos", "soon", """{"n":1}"""), client.Put("todos", "late", """{"n":1}"""), client.Put("todos", "now", """{"n":1}"""));
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        await job.PutAsync("todos", "soon", now + 59_000, ("d:n", "2"));
        await job.PutAsync("todos", "late", now + (2 * HourMs), ("d:n", "2"));
        await job.PutAsync("todos", "now", ("d:n", "2"));

        var first = await app.ScanAsync();
        var edit = await client.PushAsync(client.Put("todos", "another", """{"n":1}"""));
        await Eventually.TrueAsync("operators know of it", async () => (await client.GetAsync("/poison")).Json.GetProperty("entries").GetArrayLength() == 1, TimeSpan.FromSeconds(60));
        app.Gates.Stack.Emulator!.Faults.Current = new FaultSet { ClockSkewMs = 60_000 };
        var second = await app.ScanAsync();
        app.Gates.Stack.Emulator.Faults.Current = new FaultSet { ClockSkewMs = (2 * HourMs) + 60_000 };
        var third = await app.ScanAsync();

        Assert.Equal((1, 1, 1), (first.Taken, second.Taken, third.Taken));
        Assert.Equal("applied 5", Assert.Single(edit.Outcomes));
        Assert.Equal(["now", "soon", "late"], (await client.PullAllAsync()).Where(entry => entry.GetProperty("by").GetString() == "myriad").Select(entry => entry.GetProperty("key").GetString()!));
    }

    [Fact]
    public async Task Redrive_RowOfTheFutureBeforeItsTime_FailsAgain()
    {
        await using var app = await ScanApp.StartAsync(azurite);
        var (client, job) = (app.Client("row23-redrive"), app.Job("row23-redrive"));
        await client.PushAsync(client.Put("todos", "late", """{"n":1}"""));
        await job.PutAsync("todos", "late", TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() + (2 * HourMs), ("d:n", "2"));
        await app.ScanAsync();
        await app.ScanAsync();
        await Eventually.TrueAsync("operators know of it", async () => (await client.GetAsync("/poison")).Json.GetProperty("entries").GetArrayLength() == 1, TimeSpan.FromSeconds(60));

        var entry = (await client.GetAsync("/poison")).Json.GetProperty("entries")[0];
        var redrive = await client.PostAsync($"/poison/{entry.GetProperty("poisonId").GetString()}/redrive");

        Assert.Equal(("row", "cell-in-future"), (entry.GetProperty("kind").GetString(), entry.GetProperty("reason").GetString()));
        Assert.Equal((200, "open"), (redrive.Status, redrive.Json.GetProperty("state").GetString()));
    }
}
