using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using MyriadSync.FunctionsRuntime.Tests.Support;

namespace MyriadSync.FunctionsRuntime.Tests.Durable;

public sealed class OrchestrationTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Orchestration_FourActivities_ReturnsTheirResults(bool replayOnEachEvent)
    {
        await using var app = await TestApp.StartAsync(new() { StateFile = _folder.StateFile, ReplayOnEachEvent = replayOnEachEvent }, typeof(Chain));

        var id = await app.Client.ScheduleNewOrchestrationInstanceAsync(nameof(Chain.AddFour), 10, Token);
        var ended = await app.Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true, Token);

        Assert.Equal(OrchestrationRuntimeStatus.Completed, ended.RuntimeStatus);
        Assert.Equal(14, ended.ReadOutputAs<int>());
        Assert.Equal(10, ended.ReadInputAs<int>());
    }

    private static class Chain
    {
        [Function(nameof(AddFour))]
        public static async Task<int> AddFour([OrchestrationTrigger] TaskOrchestrationContext context)
        {
            var value = context.GetInput<int>();
            for (var i = 0; i < 4; i++)
                value = await context.CallActivityAsync<int>(nameof(AddOne), value);
            return value;
        }

        [Function(nameof(AddOne))]
        public static int AddOne([ActivityTrigger] int value) => value + 1;
    }
}
