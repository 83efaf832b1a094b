using MyriadSync.DevStack;
using MyriadSync.MyriadEmulator.Faults;

namespace MyriadSync.IntegrationTests.Interleavings;

/// <summary>With its cluster down, a gateway answers that a row is not there; one with other settings does so before any time-out of ours.</summary>
public sealed class Row28FalseAbsenceTests(Row28FalseAbsenceTests.App app) : IClassFixture<Row28FalseAbsenceTests.App>, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    public void Dispose() => app.Stack.Emulator!.Faults.Reset();

    [Theory]
    [InlineData(2000)]
    [InlineData(0)]
    public async Task Push_GatewayAnswersAFalse404_WaitsAndCommitsAsAPatch(int falseAfterMs)
    {
        var dataset = $"row28-{falseAfterMs}";
        using var client = new DatasetClient(app.Stack, dataset);
        await client.PushAsync(client.Put("todos", "k", """{"title":"t"}"""));
        var batch = client.Batch([client.Patch("todos", "k", """{"set":{"/done":true}}""", on: 1), client.Patch("todos", "new", """{"set":{"/done":true}}""")]);

        app.Stack.Emulator!.Faults.Current = new FaultSet { ClusterDownAfterMs = falseAfterMs };
        var waiting = await client.SendAsync(batch, "wait=4");
        var meanwhile = await client.DatasetAsync();
        app.Stack.Emulator.Faults.Reset();
        await Eventually.TrueAsync("the batch is on the cluster", async () => (await client.StatusAsync(batch, "wait=10")).BatchStatus == "applied", Patience);

        Assert.Equal((202, "accepted", "cluster-unreachable"), (waiting.Status, waiting.BatchStatus, waiting.Text("waitingFor")));
        Assert.Equal(1, meanwhile.Number("head"));
        Assert.Equal(["applied 2", "applied 3"], (await client.StatusAsync(batch)).Outcomes);
        Assert.Equal("d:done=true d:title=\"t\"", ClusterRows.Fields(app.Stack, dataset, "todos", "k"));
    }

    [Fact]
    public async Task Push_MultigetFindsNoRowsAgainstTheBase_IsConfirmedByAScan()
    {
        const string dataset = "row28-multiget";
        using var client = new DatasetClient(app.Stack, dataset);
        await client.PushAsync(client.Put("todos", "k", """{"title":"t"}"""));

        app.Stack.Emulator!.Faults.Current = new FaultSet
        {
            Rules = [new FaultRule { Action = FaultAction.Answer, Method = "GET", Path = "/multiget", Status = 404, Body = "No rows found.\r\n" }],
        };
        var push = await client.PushAsync(client.Patch("todos", "k", """{"set":{"/done":true}}""", on: 1), client.Put("todos", "new", "{}"));

        Assert.Equal(["applied 2", "applied 3"], push.Outcomes);
        Assert.Equal("d:done=true d:title=\"t\"", ClusterRows.Fields(app.Stack, dataset, "todos", "k"));
    }

    [Fact]
    public async Task Push_MultigetFindsNoRowsAndTheScanFails_Waits()
    {
        const string dataset = "row28-both";
        using var client = new DatasetClient(app.Stack, dataset);
        await client.PushAsync(client.Put("todos", "k", """{"title":"t"}"""));
        var batch = client.Batch([client.Delete("todos", "k", on: 1)]);

        app.Stack.Emulator!.Faults.Current = new FaultSet
        {
            Rules =
            [
                new FaultRule { Action = FaultAction.Answer, Method = "GET", Path = "/multiget", Status = 404, Body = "No rows found.\r\n" },
                new FaultRule { Action = FaultAction.Hang, Method = "GET", Path = "startrow=" },
            ],
        };
        var waiting = await client.SendAsync(batch, "wait=3");
        app.Stack.Emulator.Faults.Reset();
        await Eventually.TrueAsync("the batch is on the cluster", async () => (await client.StatusAsync(batch, "wait=10")).BatchStatus == "applied", Patience);

        Assert.Equal((202, "accepted", "cluster-unreachable"), (waiting.Status, waiting.BatchStatus, waiting.Text("waitingFor")));
        Assert.Equal(["applied 2"], (await client.StatusAsync(batch)).Outcomes);
    }

    /// <summary>An app that waits for its gateway a second only.</summary>
    public sealed class App(SharedAzurite azurite) : IAsyncLifetime
    {
        public LocalStack Stack { get; private set; } = null!;

        public async ValueTask InitializeAsync() =>
            Stack = await azurite.StartStackAsync(new LocalStackOptions { Settings = new Dictionary<string, string> { ["Myriad:HBase:Timeout"] = "00:00:01" } });

        public async ValueTask DisposeAsync() => await Stack.DisposeAsync();
    }
}
