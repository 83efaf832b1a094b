using System.Threading.Channels;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using MyriadSync.FunctionsRuntime.Tests.Support;

namespace MyriadSync.FunctionsRuntime.Tests.Durable;

/// <summary>Durable timers and back-offs on a clock that the test moves.</summary>
public sealed class TimeTests : IDisposable
{
    private static readonly DateTimeOffset Begin = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly TempFolder _folder = new();
    private readonly AlarmClock _time = new(Begin);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Timer_AcrossARestart_FiresAtItsTime()
    {
        await using (var app = await StartAsync())
        {
            await app.Client.ScheduleNewOrchestrationInstanceAsync(nameof(Functions.TwoSleeps), null, new StartOrchestrationOptions("i"), Token);
            await _time.SetAsync(Begin.AddMinutes(60));
        }

        _time.Advance(TimeSpan.FromMinutes(59));
        await using var second = await StartAsync();
        var early = await second.Client.GetInstanceAsync("i", Token);
        await _time.MoveToAsync(Begin.AddMinutes(60));
        await _time.MoveToAsync(Begin.AddMinutes(61));
        var ended = await second.Client.WaitForInstanceCompletionAsync("i", getInputsAndOutputs: true, Token);

        Assert.Equal(OrchestrationRuntimeStatus.Running, early?.RuntimeStatus);
        Assert.Equal(Begin.UtcDateTime.AddMinutes(61), ended.ReadOutputAs<DateTime>());
    }

    [Fact]
    public async Task Timer_DueWhileTheHostWasDown_FiresAtOnce()
    {
        await using (var app = await StartAsync())
        {
            await app.Client.ScheduleNewOrchestrationInstanceAsync(nameof(Functions.TwoSleeps), null, new StartOrchestrationOptions("i"), Token);
            await _time.SetAsync(Begin.AddMinutes(60));
        }

        _time.Advance(TimeSpan.FromDays(3));
        await using var second = await StartAsync();
        var reached = second.Services.GetRequiredService<Calls>().NextAsync(Token);
        await _time.MoveToAsync(Begin.AddDays(3).AddMilliseconds(1));

        Assert.Equal("middle", await reached);
    }

    [Fact]
    public async Task StartAt_InTheFuture_WaitsPending()
    {
        await using var app = await StartAsync();

        await app.Client.ScheduleNewOrchestrationInstanceAsync(nameof(Functions.Now), null, new StartOrchestrationOptions("i", Begin.AddHours(1)), Token);
        var early = await app.Client.GetInstanceAsync("i", Token);
        await _time.MoveToAsync(Begin.AddHours(1));
        var ended = await app.Client.WaitForInstanceCompletionAsync("i", getInputsAndOutputs: true, Token);

        Assert.Equal(OrchestrationRuntimeStatus.Pending, early?.RuntimeStatus);
        Assert.Equal(Begin.UtcDateTime.AddHours(1), ended.ReadOutputAs<DateTime>());
    }

    [Fact]
    public async Task RetryPolicy_BacksOff_AndGivesUpAfterItsAttempts()
    {
        await using var app = await StartAsync();
        var calls = app.Services.GetRequiredService<Calls>();

        await app.Client.ScheduleNewOrchestrationInstanceAsync(nameof(Functions.Retries), null, new StartOrchestrationOptions("i"), Token);
        await calls.NextAsync(Token);

        // Waits of 10, 20 and 30 seconds: doubled, but never above the longest.
        foreach (var seconds in new[] { 10, 30, 60 })
        {
            await _time.MoveToAsync(Begin.AddSeconds(seconds));
            await calls.NextAsync(Token);
        }

        var ended = await app.Client.WaitForInstanceCompletionAsync("i", getInputsAndOutputs: true, Token);
        Assert.Equal(OrchestrationRuntimeStatus.Failed, ended.RuntimeStatus);
        Assert.Equal(4, calls.Count);
    }

    [Fact]
    public async Task RetryPolicy_FailureThatItDoesNotHandle_FailsAtOnce()
    {
        await using var app = await StartAsync();

        await app.Client.ScheduleNewOrchestrationInstanceAsync(nameof(Functions.RetriesOthers), null, new StartOrchestrationOptions("i"), Token);
        var ended = await app.Client.WaitForInstanceCompletionAsync("i", Token);

        Assert.Equal(OrchestrationRuntimeStatus.Failed, ended.RuntimeStatus);
        Assert.Equal(1, app.Services.GetRequiredService<Calls>().Count);
    }

    [Fact]
    public async Task RetryHandler_DecidesByAttempts_AndMayWaitDurably()
    {
        await using var app = await StartAsync();

        await app.Client.ScheduleNewOrchestrationInstanceAsync(nameof(Functions.HandlesRetries), null, new StartOrchestrationOptions("i"), Token);
        foreach (var seconds in new[] { 5, 10, 15 })
            await _time.MoveToAsync(Begin.AddSeconds(seconds));
        await app.Client.WaitForInstanceCompletionAsync("i", Token);

        Assert.Equal(3, app.Services.GetRequiredService<Calls>().Count);
    }

    [Fact]
    public async Task OpenTimer_OfAnOrchestratorThatHasReturned_HoldsCompletion()
    {
        await using var app = await StartAsync();

        await app.Client.ScheduleNewOrchestrationInstanceAsync(nameof(Functions.ForgetsTimer), null, new StartOrchestrationOptions("i"), Token);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Token);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        while (!app.Logs.Lines.Any(HoldsTimer))
            await Task.Delay(10, patience.Token);
        await _time.MoveToAsync(Begin.AddMinutes(1));
        var ended = await app.Client.WaitForInstanceCompletionAsync("i", getInputsAndOutputs: true, Token);

        Assert.Equal(Begin.AddMinutes(1), ended.LastUpdatedAt);
        Assert.Equal("early", ended.ReadOutputAs<string>());
        Assert.Single(app.Logs.Lines, HoldsTimer);
    }

    private static bool HoldsTimer(string line) => line.Contains("timer (#0)", StringComparison.Ordinal);

    private Task<TestApp> StartAsync() => TestApp.StartAsync(
        new() { StateFile = _folder.StateFile, Time = _time, Configure = b => b.Services.AddSingleton<Calls>() },
        typeof(Functions));

    private sealed class Calls
    {
        private readonly Channel<string> _calls = Channel.CreateUnbounded<string>();
        private int _count;

        public int Count => _count;

        public void Add(string call)
        {
            Interlocked.Increment(ref _count);
            _calls.Writer.TryWrite(call);
        }

        public Task<string> NextAsync(CancellationToken cancellationToken) => _calls.Reader.ReadAsync(cancellationToken).AsTask();
    }

    private sealed class Functions(Calls calls)
    {
        [Function(nameof(TwoSleeps))]
        public static async Task<DateTime> TwoSleeps([OrchestrationTrigger] TaskOrchestrationContext context)
        {
            await context.CallActivityAsync(nameof(Note), "begin");
            await context.CreateTimer(TimeSpan.FromMinutes(60), CancellationToken.None);
            await context.CallActivityAsync(nameof(Note), "middle");
            await context.CreateTimer(TimeSpan.FromMinutes(1), CancellationToken.None);
            return context.CurrentUtcDateTime;
        }

        [Function(nameof(Now))]
        public static DateTime Now([OrchestrationTrigger] TaskOrchestrationContext context) => context.CurrentUtcDateTime;

        [Function(nameof(Retries))]
        public static Task Retries([OrchestrationTrigger] TaskOrchestrationContext context) => context.CallActivityAsync(
            nameof(Fails),
            "x",
            TaskOptions.FromRetryPolicy(new(4, TimeSpan.FromSeconds(10), 2, TimeSpan.FromSeconds(30))));

        [Function(nameof(RetriesOthers))]
        public static Task RetriesOthers([OrchestrationTrigger] TaskOrchestrationContext context) => context.CallActivityAsync(
            nameof(Fails),
            "x",
            new TaskOptions(new RetryPolicy(4, TimeSpan.FromSeconds(10)) { HandleFailure = f => f.IsCausedBy<IOException>() }));

        [Function(nameof(HandlesRetries))]
        public static Task HandlesRetries([OrchestrationTrigger] TaskOrchestrationContext context) => context.CallActivityAsync(
            nameof(Fails),
            "x",
            TaskOptions.FromRetryHandler(async retry =>
            {
                await retry.OrchestrationContext.CreateTimer(TimeSpan.FromSeconds(5), CancellationToken.None);
                return retry.LastAttemptNumber < 3;
            }));

        [Function(nameof(ForgetsTimer))]
        public static async Task<string> ForgetsTimer([OrchestrationTrigger] TaskOrchestrationContext context)
        {
            var forgotten = context.CreateTimer(TimeSpan.FromMinutes(1), CancellationToken.None);
            await context.CallActivityAsync(nameof(Note), "x");
            GC.KeepAlive(forgotten);
            return "early";
        }

        [Function(nameof(Note))]
        public void Note([ActivityTrigger] string input) => calls.Add(input);

        [Function(nameof(Fails))]
        public void Fails([ActivityTrigger] string input)
        {
            calls.Add(input);
            throw new InvalidOperationException("never works");
        }
    }
}
