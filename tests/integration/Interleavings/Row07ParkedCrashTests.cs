using MyriadSync.ChangeLog;
using MyriadSync.Contracts;
using MyriadSync.DevStack;
using MyriadSync.IntegrationTests.Operations;
using MyriadSync.Payloads;

namespace MyriadSync.IntegrationTests.Interleavings;

/// <summary>Crash before the commit of a parked change, and between its commit and its way to those who decide: parked once, never applied as well.</summary>
public sealed class Row07ParkedCrashTests(SharedAzurite azurite)
{
    private const string Dataset = "row7";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Push_CrashAroundTheCommit_ParksOnce(bool committed)
    {
        var log = new GatedCalls();
        await using var stack = await StartAsync(log, new GatedCalls());
        using var ada = new DatasetClient(stack, Dataset, "ada");
        using var bob = new DatasetClient(stack, Dataset, "bob");
        await PrepareAsync(ada);

        using var gate = log.Gate(nameof(IChangeLog.CommitAsync), committed ? CallSide.After : CallSide.Before, call => call is Commit { Client.ClientId: "bob" }, atMost: 1);
        var pushing = bob.PushAsync(bob.Put("todos", "a", """{"title":"bread"}""", on: 1));
        (await gate.NextAsync()).Fail(new StorageUnavailableException("The process is gone.", new IOException()));

        await AssertParkedOnceAsync(bob, await pushing);
    }

    [Fact]
    public async Task Push_CrashBetweenCommitAndParking_ParksOnce()
    {
        var payloads = new GatedCalls();
        await using var stack = await StartAsync(new GatedCalls(), payloads);
        using var ada = new DatasetClient(stack, Dataset, "ada");
        using var bob = new DatasetClient(stack, Dataset, "bob");
        await PrepareAsync(ada);

        using var gate = payloads.Gate(nameof(IPayloadStore.PutAsync), CallSide.Before, name => ((string)name).StartsWith("conflicts/", StringComparison.Ordinal), atMost: 1);
        var pushing = bob.PushAsync(bob.Put("todos", "a", """{"title":"bread"}""", on: 1));
        var parking = await gate.NextAsync();
        Assert.Empty(ConflictStack.Ids(await bob.GetAsync("/conflicts")));
        parking.Fail(new StorageUnavailableException("The process is gone.", new IOException()));

        await AssertParkedOnceAsync(bob, await pushing);
    }

    [Theory]
    [InlineData("""{"take":"ours","rev":2}""", 3)]
    [InlineData("""{"take":"theirs","rev":2}""", 2)]
    public async Task Resolve_CrashBeforeTheMark_IsDecidedOnce(string decision, long head)
    {
        var log = new GatedCalls();
        await using var stack = await StartAsync(log, new GatedCalls());
        using var ada = new DatasetClient(stack, Dataset, "ada");
        using var bob = new DatasetClient(stack, Dataset, "bob");
        await PrepareAsync(ada);
        var clash = await bob.PushAsync(bob.Put("todos", "a", """{"title":"bread"}""", on: 1));
        var id = clash.Results[0].GetProperty("conflictId").GetString();

        using (var gate = log.Gate(nameof(IChangeLog.CommitAsync), CallSide.After, call => call is Commit { Done.Count: > 0 }))
        {
            var crashing = bob.PostAsync($"/conflicts/{id}/resolve", ConflictStack.Body(decision));
            (await gate.NextAsync()).Fail(new StorageUnavailableException("The process is gone.", new IOException()));
            Assert.Equal(503, (await crashing).Status);
        }

        var again = await bob.PostAsync($"/conflicts/{id}/resolve", ConflictStack.Body(decision));
        var other = await bob.PostAsync($"/conflicts/{id}/resolve", ConflictStack.Body("""{"take":"value","value":{},"rev":2}"""));

        Assert.Equal((200, "resolved"), (again.Status, again.Text("state")));
        Assert.Equal((409, "conflict-settled"), (other.Status, other.Problem));
        Assert.Equal(head, (await bob.DatasetAsync()).Number("head"));
    }

    [Fact]
    public async Task Resolve_SameDecisionByTwoAtOnce_IsTheAnswerOfBoth()
    {
        var log = new GatedCalls();
        await using var stack = await StartAsync(log, new GatedCalls());
        using var ada = new DatasetClient(stack, Dataset, "ada");
        using var bob = new DatasetClient(stack, Dataset, "bob");
        await PrepareAsync(ada);
        var clash = await bob.PushAsync(bob.Put("todos", "a", """{"title":"bread"}""", on: 1));
        var path = $"/conflicts/{clash.Results[0].GetProperty("conflictId").GetString()}/resolve";

        using var gate = log.Gate(nameof(IChangeLog.ReadDoneAsync), CallSide.After, atMost: 1);
        var late = ada.PostAsync(path, ConflictStack.Body("""{"take":"ours","rev":2}"""));
        var held = await gate.NextAsync();
        var first = await bob.PostAsync(path, ConflictStack.Body("""{"take":"ours","rev":2}"""));
        held.Continue();

        Assert.Equal((200, "resolved"), (first.Status, first.Text("state")));
        Assert.Equal((200, "resolved"), ((await late).Status, (await late).Text("state")));
        Assert.Equal(3, (await bob.DatasetAsync()).Number("head"));
    }

    private static async Task PrepareAsync(DatasetClient ada)
    {
        await ada.PushAsync(ada.Put("todos", "a", """{"title":"milk"}"""));
        await ada.PushAsync(ada.Put("todos", "a", """{"title":"cheese"}""", on: 1));
    }

    private static async Task AssertParkedOnceAsync(DatasetClient bob, DatasetReply pushed)
    {
        var id = pushed.Results[0].GetProperty("conflictId").GetString()!;
        Assert.Equal([id], ConflictStack.Ids(await bob.GetAsync("/conflicts")));
        Assert.Equal(2, (await bob.DatasetAsync()).Number("head"));
        Assert.Equal("""{"title":"cheese"}""", (await bob.RecordAsync("todos", "a")).Json.GetProperty("value").GetRawText());
        var resolved = await bob.PostAsync($"/conflicts/{id}/resolve", ConflictStack.Body("""{"take":"ours","rev":2}"""));
        Assert.Equal((200, "resolved"), (resolved.Status, resolved.Text("state")));
        Assert.Equal(3, (await bob.DatasetAsync()).Number("head"));
    }

    private Task<LocalStack> StartAsync(GatedCalls log, GatedCalls payloads) => azurite.StartStackAsync(new LocalStackOptions
    {
        Settings = new Dictionary<string, string> { ["Recovery:Schedule"] = "0 0 0 1 1 *" },
        ConfigureServices = services =>
        {
            services.AddManualStores();
            services.AddGates(log, new GatedCalls());
            services.Decorate<IPayloadStore>(inner => new GatedPayloadStore(inner, payloads));
        },
    });
}
