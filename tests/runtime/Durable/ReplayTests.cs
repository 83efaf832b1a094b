using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using MyriadSync.FunctionsRuntime.Tests.Support;

namespace MyriadSync.FunctionsRuntime.Tests.Durable;

/// <summary>What an orchestrator may not do, and how it is told.</summary>
public sealed class ReplayTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(nameof(Functions.OtherName), "expected call of activity 'First' (#0), found call of activity 'Second' (#0)")]
    [InlineData(nameof(Functions.OtherKind), "expected call of activity 'First' (#0), found timer (#0)")]
    [InlineData(nameof(Functions.OtherOrder), "expected call of activity 'First' (#0), found call of activity 'Second' (#0)")]
    [InlineData(nameof(Functions.OneMore), "expected to wait, with no further action, found call of activity 'Second' (#1)")]
    [InlineData(nameof(Functions.OneLess), "expected call of activity 'Second' (#1), found no further action")]
    [InlineData(nameof(Functions.OtherInput), "expected call of activity 'First' (#0), found call of activity 'First' (#0) with another input")]
    [InlineData(nameof(Functions.OtherTime), "expected timer (#0), found timer (#0) for another time")]
    public async Task Replay_TakingAnotherCourse_FailsNamingExpectedAndFound(string orchestrator, string message)
    {
        Functions.Runs = 0;
        await using var app = await StartAsync(replayOnEachEvent: true);

        var ended = await RunAsync(app, orchestrator);

        Assert.Equal(OrchestrationRuntimeStatus.Failed, ended.RuntimeStatus);
        Assert.Contains(message, ended.FailureDetails?.ErrorMessage, StringComparison.Ordinal);
        Assert.Contains(orchestrator, ended.FailureDetails?.ErrorMessage, StringComparison.Ordinal);
        Assert.Contains(ended.InstanceId, ended.FailureDetails?.ErrorMessage, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(nameof(Functions.TaskRun))]
    [InlineData(nameof(Functions.TaskRunBesideTimer))]
    [InlineData(nameof(Functions.RealIo))]
    [InlineData(nameof(Functions.NoContext))]
    [InlineData(nameof(Functions.NoContextThenCall))]
    [InlineData(nameof(Functions.ForeignCancellation))]
    public async Task Orchestrator_AwaitingWhatIsNotDurable_FailsNamingItself(string orchestrator)
    {
        await using var app = await StartAsync(replayOnEachEvent: false);

        var ended = await RunAsync(app, orchestrator);

        Assert.Equal(OrchestrationRuntimeStatus.Failed, ended.RuntimeStatus);
        Assert.Contains("broke the rules of determinism", ended.FailureDetails?.ErrorMessage, StringComparison.Ordinal);
        Assert.Contains(orchestrator, ended.FailureDetails?.ErrorMessage, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Orchestrator_UsingTheContextOnly_IsReplayedUnchanged(bool replayOnEachEvent)
    {
        await using var app = await StartAsync(replayOnEachEvent);

        var ended = await RunAsync(app, nameof(Functions.WellBehaved));

        Assert.Equal(OrchestrationRuntimeStatus.Completed, ended.RuntimeStatus);
        Assert.Equal(5, ended.ReadOutputAs<string[]>()!.Distinct().Count());
    }

    [Fact]
    public async Task ReplaySafeLogger_WithReplayOnEachEvent_WritesEachLineOnce()
    {
        await using var app = await StartAsync(replayOnEachEvent: true);

        await RunAsync(app, nameof(Functions.Logging));

        foreach (var line in (string[])["line before", "line between", "line after"])
            Assert.Single(app.Logs.Lines, l => l.Contains(line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Orchestrator_Unknown_FailsNamingIt()
    {
        await using var app = await StartAsync(replayOnEachEvent: false);

        var ended = await RunAsync(app, "NoSuchOrchestrator");

        Assert.Equal(OrchestrationRuntimeStatus.Failed, ended.RuntimeStatus);
        Assert.Contains("no orchestrator named 'NoSuchOrchestrator'", ended.FailureDetails?.ErrorMessage, StringComparison.Ordinal);
    }

    private static async Task<OrchestrationMetadata> RunAsync(TestApp app, string orchestrator)
    {
        var id = await app.Client.ScheduleNewOrchestrationInstanceAsync(orchestrator, Token);
        return await app.Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true, Token);
    }

    private Task<TestApp> StartAsync(bool replayOnEachEvent) =>
        TestApp.StartAsync(new() { StateFile = _folder.StateFile, ReplayOnEachEvent = replayOnEachEvent }, typeof(Functions));

    private static class Functions
    {
        /// <summary>Counts runs of the orchestrator's code: what orchestrators must not do, to make their second run differ.</summary>
        public static int Runs { get; set; }

        private static bool IsFirstRun => Runs++ == 0;

        [Function(nameof(OtherName))]
        public static async Task OtherName([OrchestrationTrigger] TaskOrchestrationContext context)
        {
            await context.CallActivityAsync(IsFirstRun ? "First" : "Second");
            await context.CallActivityAsync("First");
        }

        [Function(nameof(OtherKind))]
        public static Task OtherKind([OrchestrationTrigger] TaskOrchestrationContext context) =>
            IsFirstRun ? Twice(context) : context.CreateTimer(TimeSpan.FromHours(1), CancellationToken.None);

        [Function(nameof(OtherOrder))]
        public static async Task OtherOrder([OrchestrationTrigger] TaskOrchestrationContext context)
        {
            string[] names = IsFirstRun ? ["First", "Second"] : ["Second", "First"];
            await Task.WhenAll(names.Select(n => context.CallActivityAsync(n)));
        }

        [Function(nameof(OneMore))]
        public static async Task OneMore([OrchestrationTrigger] TaskOrchestrationContext context)
        {
            string[] names = IsFirstRun ? ["First"] : ["First", "Second"];
            await Task.WhenAll(names.Select(n => context.CallActivityAsync(n)));
        }

        [Function(nameof(OneLess))]
        public static async Task OneLess([OrchestrationTrigger] TaskOrchestrationContext context)
        {
            string[] names = IsFirstRun ? ["First", "Second"] : ["First"];
            await Task.WhenAll(names.Select(n => context.CallActivityAsync(n)));
        }

        [Function(nameof(OtherInput))]
        public static async Task OtherInput([OrchestrationTrigger] TaskOrchestrationContext context)
        {
            await context.CallActivityAsync("First", Guid.NewGuid());
            await context.CallActivityAsync("First");
        }

        [Function(nameof(OtherTime))]
        public static Task OtherTime([OrchestrationTrigger] TaskOrchestrationContext context) =>
            context.CreateTimer(DateTime.UtcNow.AddMilliseconds(1), CancellationToken.None);

        [Function(nameof(TaskRun))]
        public static async Task TaskRun([OrchestrationTrigger] TaskOrchestrationContext context)
        {
            await Task.Run(() => Thread.Sleep(20));
            await context.CallActivityAsync("First");
        }

        [Function(nameof(TaskRunBesideTimer))]
        public static async Task TaskRunBesideTimer([OrchestrationTrigger] TaskOrchestrationContext context)
        {
            var timer = context.CreateTimer(TimeSpan.FromHours(1), CancellationToken.None);
            await Task.Run(() => Thread.Sleep(20));
            await timer;
        }

        [Function(nameof(RealIo))]
        public static async Task RealIo([OrchestrationTrigger] TaskOrchestrationContext context) => await Task.Delay(5);

        [Function(nameof(NoContext))]
        public static async Task NoContext([OrchestrationTrigger] TaskOrchestrationContext context)
        {
            var timer = context.CreateTimer(TimeSpan.FromHours(1), CancellationToken.None);
            await Task.Delay(5).ConfigureAwait(false);
            GC.KeepAlive(timer);
        }

        [Function(nameof(NoContextThenCall))]
        public static async Task NoContextThenCall([OrchestrationTrigger] TaskOrchestrationContext context)
        {
            var timer = context.CreateTimer(TimeSpan.FromHours(1), CancellationToken.None);
            await Task.Delay(5).ConfigureAwait(false);
            await context.CallActivityAsync("First");
            await timer;
        }

        [Function(nameof(ForeignCancellation))]
        public static async Task ForeignCancellation([OrchestrationTrigger] TaskOrchestrationContext context)
        {
            using var source = new CancellationTokenSource(TimeSpan.FromMilliseconds(5));
            await context.CreateTimer(TimeSpan.FromHours(1), source.Token);
        }

        [Function(nameof(WellBehaved))]
        public static async Task<string[]> WellBehaved([OrchestrationTrigger] TaskOrchestrationContext context)
        {
            var guids = new List<string>();
            for (var i = 0; i < 5; i++)
            {
                var guid = context.NewGuid();
                guids.Add(await context.CallActivityAsync<string>("Echo", guid));
                await Task.Yield();
                await context.CreateTimer(context.CurrentUtcDateTime.AddMilliseconds(1), CancellationToken.None);
            }

            return [.. guids];
        }

        [Function(nameof(Logging))]
        public static async Task Logging([OrchestrationTrigger] TaskOrchestrationContext context)
        {
            var logger = context.CreateReplaySafeLogger("orchestrator");
            TestLogs.Line(logger, "line before");
            await context.CallActivityAsync("First");
            TestLogs.Line(logger, "line between");
            await context.CallActivityAsync("Second");
            TestLogs.Line(logger, "line after");
        }

        [Function("First")]
        public static void First([ActivityTrigger] object? input)
        {
        }

        [Function("Second")]
        public static void Second([ActivityTrigger] object? input)
        {
        }

        [Function("Echo")]
        public static string Echo([ActivityTrigger] string input) => input;

        private static async Task Twice(TaskOrchestrationContext context)
        {
            await context.CallActivityAsync("First");
            await context.CallActivityAsync("First");
        }
    }
}
