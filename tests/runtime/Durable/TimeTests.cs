using System.Threading.Channels;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using MyriadSync.FunctionsRuntime.Tests.Support;

namespace MyriadSync.FunctionsRuntime.Tests.Durable;

/// <summary>Durable timers and back-offs on a clock that the test moves.</summary>
public sealed class TimeTests : IDisposable
{
    private static readonly DateTimeOffset Begin = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly TempFolder _folder = new();
    private readonly FakeTimeProvider _time = new(Begin);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Timer_AcrossARestart_FiresAtItsTime()
    {
        await using (var app = await StartAsync())
        {
            await app.Client.ScheduleNewOrchestrationInstanceAsync(nameof(Functions.TwoSleeps), null, new StartOrchestrationOptions("i"), Token);
            await app.Services.GetRequiredService<Calls>().NextAsync(Token);
        }

        _time.Advance(TimeSpan.FromMinutes(59));
        await using var second = await StartAsync();
        var early = await second.Client.GetInstanceAsync("i", Token);
        await AdvanceUntilAsync(TimeSpan.FromMinutes(1), second.Services.GetRequiredService<Calls>().NextAsync(Token));
        var ended = second.Client.WaitForInstanceCompletionAsync("i", getInputsAndOutputs: true, Token);
        await AdvanceUntilAsync(TimeSpan.FromMinutes(1), ended);

        Assert.Equal(OrchestrationRuntimeStatus.Running, early?.RuntimeStatus);
        Assert.True((await ended).ReadOutputAs<DateTime>() >= Begin.UtcDateTime.AddMinutes(61));
    }

    [Fact]
    public async Task Timer_DueWhileTheHostWasDown_FiresAtOnce()
    {
        await using (var app = await StartAsync())
        {
            await app.Client.ScheduleNewOrchestrationInstanceAsync(nameof(Functions.TwoSleeps), null, new StartOrchestrationOptions("i"), Token);
            await app.Services.GetRequiredService<Calls>().NextAsync(Token);
        }

        _time.Advance(TimeSpan.FromDays(3));
        await using var second = await StartAsync();
        var reached = second.Services.GetRequiredService<Calls>().NextAsync(Token);
        await AdvanceUntilAsync(TimeSpan.FromMilliseconds(1), reached);

        Assert.Equal("middle", await reached);
    }

    [Fact]
    public async Task StartAt_InTheFuture_WaitsPending()
    {
        await using var app = await StartAsync();

        await app.Client.ScheduleNewOrchestrationInstanceAsync(nameof(Functions.Now), null, new StartOrchestrationOptions("i", Begin.AddHours(1)), Token);
        var early = await app.Client.GetInstanceAsync("i", Token);
        var ended = app.Client.WaitForInstanceCompletionAsync("i", getInputsAndOutputs: true, Token);
        await AdvanceUntilAsync(TimeSpan.FromMinutes(30), ended);

        Assert.Equal(OrchestrationRuntimeStatus.Pending, early?.RuntimeStatus);
        Assert.Equal(Begin.UtcDateTime.AddHours(1), (await ended).ReadOutputAs<DateTime>());
    }

    [Fact]
    public async Task RetryPolicy_BacksOff_AndGivesUpAfterItsAttempts()
    {
        await using var app = await StartAsync();
        var calls = app.Services.GetRequiredService<Calls>();

        await app.Client.ScheduleNewOrchestrationInstanceAsync(nameof(Functions.Retries), null, new StartOrchestrationOptions("i"), Token);
        var at = new List<TimeSpan>();
        for (var i = 0; i < 4; i++)
        {
            await AdvanceUntilAsync(TimeSpan.FromSeconds(1), calls.NextAsync(Token));
            at.Add(_time.GetUtcNow() - Begin);
        }

        var ended = await app.Client.WaitForInstanceCompletionAsync("i", getInputsAndOutputs: true, Token);

        // Waits of 10, 20 and 30 seconds: doubled, but never above the longest.
        Assert.Equal(OrchestrationRuntimeStatus.Failed, ended.RuntimeStatus);
        Assert.InRange(at[1], TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(19));
        Assert.InRange(at[2] - at[1], TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(29));
        Assert.InRange(at[3] - at[2], TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(39));
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
        var ended = app.Client.WaitForInstanceCompletionAsync("i", Token);

        await app.Client.ScheduleNewOrchestrationInstanceAsync(nameof(Functions.HandlesRetries), null, new StartOrchestrationOptions("i"), Token);
        await AdvanceUntilAsync(TimeSpan.FromSeconds(1), ended);

        Assert.Equal(3, app.Services.GetRequiredService<Calls>().Count);
    }

    [Fact]
    public async Task OpenTimer_OfAnOrchestratorThatHasReturned_HoldsCompletion()
    {
        await using var app = await StartAsync();
        var ended = app.Client.WaitForInstanceCompletionAsync("i", getInputsAndOutputs: true, Token);

        await app.Client.ScheduleNewOrchestrationInstanceAsync(nameof(Functions.ForgetsTimer), null, new StartOrchestrationOptions("i"), Token);
        await app.Services.GetRequiredService<Calls>().NextAsync(Token);
        await AdvanceUntilAsync(TimeSpan.FromSeconds(10), ended);

        Assert.True(_time.GetUtcNow() - Begin >= TimeSpan.FromMinutes(1));
        Assert.Equal("early", (await ended).ReadOutputAs<string>());
        Assert.Single(app.Logs.Lines, l => l.Contains("timer (#0)", StringComparison.Ordinal));
    }

    private async Task AdvanceUntilAsync(TimeSpan step, Task task)
    {
        // What the engine does in answer to the clock runs on other threads: the clock moves on only after they had their chance.
        while (await Task.WhenAny(task, Task.Delay(20, Token)) != task)
            _time.Advance(step);
        await task;
    }

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
