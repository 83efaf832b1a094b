using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using MyriadSync.FunctionsRuntime.Tests.Support;

namespace MyriadSync.FunctionsRuntime.Tests.Durable;

public sealed class DurableFeatureTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task WhenAny_ActivityBeforeTimer_CancelsTheTimerAndCompletes(bool replayOnEachEvent)
    {
        await using var app = await StartAsync(replayOnEachEvent);

        var ended = await RunAsync(app, nameof(Functions.Race));

        Assert.Equal("activity", ended.ReadOutputAs<string>());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ContinueAsNew_UntilDone_StartsWithTheNewInputAndAnEmptyHistory(bool replayOnEachEvent)
    {
        await using var app = await StartAsync(replayOnEachEvent);

        var ended = await RunAsync(app, nameof(Functions.CountDown), 20);

        Assert.Equal(OrchestrationRuntimeStatus.Completed, ended.RuntimeStatus);
        Assert.Equal("done", ended.ReadOutputAs<string>());
        Assert.Equal(0, ended.ReadInputAs<int>());
    }

    [Fact]
    public async Task CustomStatus_OfARunningInstance_IsPublished()
    {
        await using var app = await StartAsync();

        var id = await app.Client.ScheduleNewOrchestrationInstanceAsync(nameof(Functions.Gated), "a", Token);
        await app.Services.GetRequiredService<Gate>().Reached.WaitAsync(Token);
        var running = await app.Client.GetInstanceAsync(id, getInputsAndOutputs: true, Token);
        app.Services.GetRequiredService<Gate>().Open.Release();
        var ended = await app.Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true, Token);

        Assert.Equal(OrchestrationRuntimeStatus.Running, running?.RuntimeStatus);
        Assert.Equal("waiting for a", running?.ReadCustomStatusAs<Progress>()?.Text);
        Assert.Equal("through a", ended.ReadCustomStatusAs<Progress>()?.Text);
    }

    [Fact]
    public async Task Schedule_RunningId_Throws_FinishedId_StartsAnew()
    {
        await using var app = await StartAsync();
        var gate = app.Services.GetRequiredService<Gate>();
        var options = new StartOrchestrationOptions("the-id");

        await app.Client.ScheduleNewOrchestrationInstanceAsync(nameof(Functions.Gated), "first", options, Token);
        await gate.Reached.WaitAsync(Token);
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => app.Client.ScheduleNewOrchestrationInstanceAsync(nameof(Functions.Gated), "second", options, Token));
        gate.Open.Release();
        await app.Client.WaitForInstanceCompletionAsync("the-id", Token);
        await app.Client.ScheduleNewOrchestrationInstanceAsync(nameof(Functions.Echo), "third", options, Token);
        var again = await app.Client.WaitForInstanceCompletionAsync("the-id", getInputsAndOutputs: true, Token);

        Assert.Contains("the-id", refused.Message, StringComparison.Ordinal);
        Assert.Equal("third", again.ReadOutputAs<string>());
        Assert.Null(again.SerializedCustomStatus);
    }

    [Fact]
    public async Task Schedule_ManyAtOnceUnderOneId_StartsOne()
    {
        await using var app = await StartAsync();
        app.Services.GetRequiredService<Gate>().Open.Release(100);

        var results = await Task.WhenAll(Enumerable.Range(0, 16).Select(async i =>
        {
            try
            {
                await app.Client.ScheduleNewOrchestrationInstanceAsync(nameof(Functions.Waiting), i, new StartOrchestrationOptions("one"), Token);
                return true;
            }
            catch (InvalidOperationException)
            {
                return false;
            }
        }));

        Assert.Single(results, r => r);
    }

    [Fact]
    public async Task Terminate_RunningInstance_EndsItWithTheOutput()
    {
        await using var app = await StartAsync();

        await app.Client.ScheduleNewOrchestrationInstanceAsync(nameof(Functions.Waiting), 1, new StartOrchestrationOptions("t"), Token);
        await app.Client.TerminateInstanceAsync("t", (object)"enough", Token);
        var ended = await app.Client.WaitForInstanceCompletionAsync("t", getInputsAndOutputs: true, Token);
        await app.Client.TerminateInstanceAsync("t", (object)"again", Token);
        await app.Client.TerminateInstanceAsync("no-such-instance", Token);

        Assert.Equal(OrchestrationRuntimeStatus.Terminated, ended.RuntimeStatus);
        Assert.Equal("enough", ended.ReadOutputAs<string>());
    }

    [Fact]
    public async Task Purge_ForgetsWhatHasEnded_AndNothingElse()
    {
        await using var app = await StartAsync();
        for (var i = 0; i < 3; i++)
            await RunAsync(app, nameof(Functions.Echo), "x", $"done-{i}");
        await app.Client.ScheduleNewOrchestrationInstanceAsync(nameof(Functions.Waiting), 1, new StartOrchestrationOptions("running"), Token);

        var one = await app.Client.PurgeInstanceAsync("done-0", Token);
        var running = await app.Client.PurgeInstanceAsync("running", Token);
        var unknown = await app.Client.PurgeInstanceAsync("unknown", Token);
        var all = await app.Client.PurgeAllInstancesAsync(new PurgeInstancesFilter(Statuses: [OrchestrationRuntimeStatus.Completed]), Token);

        Assert.Equal((1, 0, 0, 2), (one.PurgedInstanceCount, running.PurgedInstanceCount, unknown.PurgedInstanceCount, all.PurgedInstanceCount));
        Assert.Null(await app.Client.GetInstanceAsync("done-1", Token));
        Assert.NotNull(await app.Client.GetInstanceAsync("running", Token));
    }

    [Fact]
    public async Task GetAllInstances_ByPrefixAndStatus_ComesPageByPage()
    {
        await using var app = await StartAsync();
        for (var i = 0; i < 5; i++)
            await RunAsync(app, nameof(Functions.Echo), "x", $"a-{i}");
        await RunAsync(app, nameof(Functions.Echo), "x", "b-0");

        var query = new OrchestrationQuery(Statuses: [OrchestrationRuntimeStatus.Completed], InstanceIdPrefix: "a-", PageSize: 2, FetchInputsAndOutputs: true);
        var pages = await app.Client.GetAllInstancesAsync(query).AsPages().ToListAsync(Token);
        var rest = await app.Client.GetAllInstancesAsync(query).AsPages(pages[0].ContinuationToken).SelectMany(p => p.Values).ToListAsync(Token);

        Assert.Equal([2, 2, 1], pages.Select(p => p.Values.Count));
        Assert.Equal(["a-2", "a-3", "a-4"], rest.Select(i => i.InstanceId));
        Assert.All(rest, i => Assert.Equal("x", i.ReadOutputAs<string>()));
    }

    [Fact]
    public async Task WaitForCompletion_OfAnIdThatDoesNotExistYet_EndsWithIt()
    {
        await using var app = await StartAsync();

        var waiting = app.Client.WaitForInstanceCompletionAsync("later", getInputsAndOutputs: true, Token);
        using var impatient = new CancellationTokenSource();
        var givenUp = app.Client.WaitForInstanceCompletionAsync("later", impatient.Token);
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => givenUp);
        await RunAsync(app, nameof(Functions.Echo), "here", "later");

        Assert.Equal("here", (await waiting).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Activity_Fails_SurfacesAsTaskFailedException()
    {
        await using var app = await StartAsync();

        var ended = await RunAsync(app, nameof(Functions.CatchesFailure));

        Assert.Equal(["System.FormatException", "bad input", "True", "System.ArgumentException"], ended.ReadOutputAs<string[]>()!);
    }

    [Fact]
    public async Task Orchestrator_Throws_FailsWithDetails()
    {
        await using var app = await StartAsync();

        var ended = await RunAsync(app, nameof(Functions.LetsFailureThrough));

        Assert.Equal(OrchestrationRuntimeStatus.Failed, ended.RuntimeStatus);
        Assert.Equal(typeof(TaskFailedException).FullName, ended.FailureDetails?.ErrorType);
        Assert.True(ended.FailureDetails?.InnerFailure?.IsCausedBy<FormatException>());
    }

    [Fact]
    public async Task Instance_WithServices_GetsItsScopeInstanceIdAndInput()
    {
        await using var app = await StartAsync();

        var ended = await RunAsync(app, nameof(Functions.SecondParameter), "hello", "the-instance");

        Assert.Equal("hello the-instance", ended.ReadOutputAs<string>());
    }

    [Theory]
    [InlineData("")]
    [InlineData("a/b")]
    [InlineData("@a")]
    [InlineData("a\tb")]
    public async Task Schedule_IdThatAzureRefuses_Throws(string id)
    {
        await using var app = await StartAsync();

        await Assert.ThrowsAsync<ArgumentException>(() => app.Client.ScheduleNewOrchestrationInstanceAsync(nameof(Functions.Echo), "x", new StartOrchestrationOptions(id), Token));
    }

    private static async Task<OrchestrationMetadata> RunAsync(TestApp app, string orchestrator, object? input = null, string? id = null)
    {
        id = await app.Client.ScheduleNewOrchestrationInstanceAsync(orchestrator, input, new StartOrchestrationOptions(id), Token);
        return await app.Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true, Token);
    }

    private Task<TestApp> StartAsync(bool replayOnEachEvent = false) => TestApp.StartAsync(
        new() { StateFile = _folder.StateFile, ReplayOnEachEvent = replayOnEachEvent, Configure = b => b.Services.AddSingleton<Gate>() },
        typeof(Functions));

    private sealed record Progress(string Text);

    private sealed class Gate
    {
        public SemaphoreSlim Reached { get; } = new(0);

        public SemaphoreSlim Open { get; } = new(0);
    }

    private sealed class Functions(Gate gate)
    {
        [Function(nameof(Race))]
        public static async Task<string> Race([OrchestrationTrigger] TaskOrchestrationContext context)
        {
            using var cancel = new CancellationTokenSource();
            var timer = context.CreateTimer(TimeSpan.FromHours(1), cancel.Token);
            var activity = context.CallActivityAsync<string>(nameof(Same), "activity");
            var first = await Task.WhenAny(timer, activity);
            cancel.Cancel();
            return first == activity ? await activity : "timer";
        }

        [Function(nameof(CountDown))]
        public static async Task<string?> CountDown([OrchestrationTrigger] TaskOrchestrationContext context, int left)
        {
            await context.CallActivityAsync<string>(nameof(Same), "x");
            if (left == 0)
                return "done";
            context.ContinueAsNew(left - 1);
            return null;
        }

        [Function(nameof(Gated))]
        public static async Task Gated([OrchestrationTrigger] TaskOrchestrationContext context, string name)
        {
            context.SetCustomStatus(new Progress($"waiting for {name}"));
            await context.CallActivityAsync(nameof(Pass), "x");
            context.SetCustomStatus(new Progress($"through {name}"));
        }

        [Function(nameof(Waiting))]
        public static Task Waiting([OrchestrationTrigger] TaskOrchestrationContext context) => context.CreateTimer(TimeSpan.FromHours(1), CancellationToken.None);

        [Function(nameof(Echo))]
        public static string? Echo([OrchestrationTrigger] TaskOrchestrationContext context) => context.GetInput<string>();

        [Function(nameof(SecondParameter))]
        public static Task<string> SecondParameter([OrchestrationTrigger] TaskOrchestrationContext context, string input) =>
            context.CallActivityAsync<string>(nameof(WithInstanceId), input);

        [Function(nameof(CatchesFailure))]
        public static async Task<string[]> CatchesFailure([OrchestrationTrigger] TaskOrchestrationContext context)
        {
            try
            {
                await context.CallActivityAsync(nameof(Fails), "x");
                return [];
            }
            catch (TaskFailedException exception)
            {
                var details = exception.FailureDetails;
                return [details.ErrorType, details.ErrorMessage, $"{details.IsCausedBy<SystemException>()}", details.InnerFailure!.ErrorType];
            }
        }

        [Function(nameof(LetsFailureThrough))]
        public static Task LetsFailureThrough([OrchestrationTrigger] TaskOrchestrationContext context) => context.CallActivityAsync(nameof(Fails), "x");

        [Function(nameof(Fails))]
        public static void Fails([ActivityTrigger] string input) => throw new FormatException("bad input", new ArgumentException("inner"));

        [Function(nameof(Same))]
        public static string Same([ActivityTrigger] string input) => input;

        [Function(nameof(WithInstanceId))]
        public static string WithInstanceId([ActivityTrigger] string input, string instanceId, FunctionContext context, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return context.FunctionDefinition.Name == nameof(WithInstanceId) ? $"{input} {instanceId}" : "wrong function";
        }

        [Function(nameof(Pass))]
        public async Task Pass([ActivityTrigger] string input, CancellationToken cancellationToken)
        {
            gate.Reached.Release();
            await gate.Open.WaitAsync(cancellationToken);
        }
    }
}
