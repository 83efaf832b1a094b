using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using MyriadSync.FunctionsRuntime.Durable.Execution;
using MyriadSync.FunctionsRuntime.Tests.Support;

namespace MyriadSync.FunctionsRuntime.Tests.Durable;

public sealed class VersionTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("1.2", "1.10", -1)]
    [InlineData("2.0", "2.0", 0)]
    [InlineData("", "1.0", -1)]
    [InlineData("1.0", null, 1)]
    [InlineData("beta", "alpha", 1)]
    [InlineData("BETA", "beta", 0)]
    public void Compare_TwoVersions_OrdersThem(string left, string? right, int expected) => Assert.Equal(expected, Math.Sign(OrchestrationVersions.Compare(left, right)));

    [Fact]
    public async Task Version_OfHostJson_IsThatOfNewInstances()
    {
        await using var app = await StartAsync("2.1");

        var byDefault = await RunAsync(app, new());
        var given = await RunAsync(app, new() { Version = "1.5" });

        Assert.Equal(["2.1", "True"], byDefault);
        Assert.Equal(["1.5", "False"], given);
    }

    [Fact]
    public async Task Instance_OfANewerVersion_WaitsForANewerHost()
    {
        await using (var older = await StartAsync("1.0"))
        {
            await older.Client.ScheduleNewOrchestrationInstanceAsync(nameof(Functions.Version), null, new StartOrchestrationOptions("i") { Version = "2.0" }, Token);
            await older.Client.ScheduleNewOrchestrationInstanceAsync(nameof(Functions.Version), null, new StartOrchestrationOptions("unwanted") { Version = "2.0" }, Token);
            await RunAsync(older, new());
            await older.Client.TerminateInstanceAsync("unwanted", Token);

            Assert.Equal(OrchestrationRuntimeStatus.Pending, (await older.Client.GetInstanceAsync("i", Token))?.RuntimeStatus);
            Assert.Contains(older.Logs.Lines, l => l.Contains("has version 2.0 and waits: this host has version 1.0", StringComparison.Ordinal));
        }

        await using var newer = await StartAsync("2.0");
        var ended = await newer.Client.WaitForInstanceCompletionAsync("i", Token);
        var unwanted = await newer.Client.WaitForInstanceCompletionAsync("unwanted", Token);

        Assert.Equal(OrchestrationRuntimeStatus.Completed, ended.RuntimeStatus);
        Assert.Equal(OrchestrationRuntimeStatus.Terminated, unwanted.RuntimeStatus);
    }

    private static async Task<string[]> RunAsync(TestApp app, StartOrchestrationOptions options)
    {
        var id = await app.Client.ScheduleNewOrchestrationInstanceAsync(nameof(Functions.Version), null, options, Token);
        return (await app.Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true, Token)).ReadOutputAs<string[]>()!;
    }

    private Task<TestApp> StartAsync(string version) => TestApp.StartAsync(
        new() { StateFile = _folder.StateFile, Arguments = ["--AzureFunctionsJobHost:extensions:durableTask:defaultVersion", version] },
        typeof(Functions));

    private static class Functions
    {
        [Function(nameof(Version))]
        public static string[] Version([OrchestrationTrigger] TaskOrchestrationContext context) => [context.Version, $"{context.CompareVersionTo("2") >= 0}"];
    }
}
