using MyriadSync.ChangeLog;
using MyriadSync.Contracts;
using MyriadSync.DevStack;
using MyriadSync.IntegrationTests.Operations;
using MyriadSync.Myriad;

namespace MyriadSync.IntegrationTests.Interleavings;

/// <summary>A redrive commits; crash before its mark in the poison table; redriven again. And: two operators redrive at the same time.</summary>
public sealed class Row09RedriveCrashTests(SharedAzurite azurite)
{
    private const string Dataset = "row9";
    private const string OnceAYear = "0 0 0 1 1 *";

    [Fact]
    public async Task Redrive_CrashBeforeTheMark_IsAppliedOnceAndMarkedByTheNext()
    {
        var log = new GatedCalls();
        var services = new AppServices();
        await using var stack = await StartAsync(log, services);
        using var bob = new DatasetClient(stack, Dataset, "bob");
        var id = await ParkAsync(stack, services, bob);

        using (var gate = log.Gate(nameof(IChangeLog.CommitAsync), CallSide.After, call => IsRedrive(call, id)))
        {
            var crashing = bob.PostAsync($"/poison/{id}/redrive");
            (await gate.NextAsync()).Fail(new StorageUnavailableException("The process is gone.", new IOException()));
            Assert.Equal(503, (await crashing).Status);
        }

        var between = await bob.GetAsync($"/poison/{id}");
        var again = await bob.PostAsync($"/poison/{id}/redrive");

        Assert.Equal("open", between.Text("state"));
        Assert.Equal((200, "redriven", 1), (again.Status, again.Text("state"), again.Number("attempts")));
        Assert.Equal(2, again.Json.GetProperty("settled").GetProperty("rev").GetInt64());
        await AssertOnceAsync(bob, id);
        Assert.Equal("d:title=\"bread\"", ClusterRows.Fields(stack, Dataset, "todos", "a"));
    }

    [Fact]
    public async Task Discard_AfterACrashBeforeTheMark_IsRefusedBecauseItIsDone()
    {
        var log = new GatedCalls();
        var services = new AppServices();
        await using var stack = await StartAsync(log, services);
        using var bob = new DatasetClient(stack, Dataset, "bob");
        var id = await ParkAsync(stack, services, bob);

        using (var gate = log.Gate(nameof(IChangeLog.CommitAsync), CallSide.After, call => IsRedrive(call, id)))
        {
            var crashing = bob.PostAsync($"/poison/{id}/redrive");
            (await gate.NextAsync()).Fail(new StorageUnavailableException("The process is gone.", new IOException()));
            await crashing;
        }

        var discarded = await bob.PostAsync($"/poison/{id}/discard", PoisonStack.Body("""{"reason":"too late"}"""));

        Assert.Equal((409, "poison-settled", "redriven"), (discarded.Status, discarded.Problem, discarded.Text("state")));
        await AssertOnceAsync(bob, id);
    }

    [Fact]
    public async Task Redrive_ByTwoInstancesAtOnce_IsAppliedOnceAndBothSaySo()
    {
        var log = new GatedCalls();
        var services = new AppServices();
        await using var stack = await StartAsync(log, services);
        await using var beside = await azurite.StartStackAsync(new LocalStackOptions
        {
            HBase = stack.HBaseAddress,
            Settings = new Dictionary<string, string> { ["Recovery:Schedule"] = OnceAYear, ["AzureWebJobsStorage"] = stack.Storage, ["Storage:ConnectionString"] = stack.Storage },
        });
        using var bob = new DatasetClient(stack, Dataset, "bob");
        using var eve = new DatasetClient(beside, Dataset, "eve", "eve");
        var id = await ParkAsync(stack, services, bob);

        using var gate = log.Gate(nameof(IChangeLog.CommitAsync), CallSide.Before, call => IsRedrive(call, id), atMost: 1);
        var first = bob.PostAsync($"/poison/{id}/redrive");
        var held = await gate.NextAsync();
        var second = await eve.PostAsync($"/poison/{id}/redrive");
        held.Continue();

        Assert.Equal(("redriven", "eve"), (second.Text("state"), second.Json.GetProperty("settled").GetProperty("by").GetString()));
        Assert.Equal(second.Json.GetRawText(), (await first).Json.GetRawText());
        await AssertOnceAsync(bob, id);
    }

    private static bool IsRedrive(object call, string id) => call is Commit commit && commit.Done.Any(row => row.Id.EndsWith(id, StringComparison.Ordinal));

    private static async Task AssertOnceAsync(DatasetClient client, string id) =>
        Assert.Equal(["", id], (await client.PullAllAsync()).Select(entry => entry.TryGetProperty("cause", out var cause) ? cause.GetString() : ""));

    private Task<LocalStack> StartAsync(GatedCalls log, AppServices services) => azurite.StartStackAsync(new LocalStackOptions
    {
        Settings = new Dictionary<string, string> { ["Recovery:Schedule"] = OnceAYear },
        ConfigureServices = all =>
        {
            all.AddGates(log, new GatedCalls());
            services.Capture(all);
        },
    });

    private static async Task<string> ParkAsync(LocalStack stack, AppServices services, DatasetClient bob)
    {
        using var ada = new DatasetClient(stack, Dataset, "ada");
        await ada.PushAsync(ada.Put("todos", "a", """{"title":"milk"}"""));
        var job = new ClusterJob(services.Get<IRecordStore>(), Dataset);
        var future = ClusterJob.Future;
        await job.PutAsync("todos", "a", "d:later", "1", future);
        var pushed = await bob.PushAsync(bob.Put("todos", "a", """{"title":"bread"}""", on: 1));
        var id = pushed.Results[0].GetProperty("poisonId").GetString()!;
        await PoisonStack.RecordedAsync(bob, [id]);
        await job.DeleteAsync("todos", "a", "d:later", future);
        return id;
    }
}
