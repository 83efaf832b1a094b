using System.Threading.Channels;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using MyriadSync.FunctionsRuntime.Tests.Support;

namespace MyriadSync.FunctionsRuntime.Tests.Timers;

public sealed class TimerTriggerTests : IDisposable
{
    private static readonly DateTime Begin = new(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly TempFolder _folder = new();
    private readonly AlarmClock _time = new(Begin);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Schedule_ByASetting_RunsAtEachOfItsTimes()
    {
        await using var app = await StartAsync(typeof(Minutely));
        var runs = app.Services.GetRequiredService<Runs>();

        await _time.MoveToAsync(Begin.AddMinutes(1));
        var first = await runs.All.Reader.ReadAsync(Token);
        await _time.MoveToAsync(Begin.AddMinutes(2));
        var second = await runs.All.Reader.ReadAsync(Token);

        Assert.False(first.IsPastDue);
        Assert.Equal((Begin.AddMinutes(1), Begin.AddMinutes(3)), (second.ScheduleStatus!.Last, second.ScheduleStatus.Next));
    }

    [Fact]
    public async Task Run_MissedWhileTheHostWasDown_IsMadeUpForOnce()
    {
        await using (await StartAsync(typeof(Minutely)))
            await _time.SetAsync(Begin.AddMinutes(1));

        _time.Advance(TimeSpan.FromMinutes(10).Add(TimeSpan.FromSeconds(10)));
        await using var app = await StartAsync(typeof(Minutely));
        var runs = app.Services.GetRequiredService<Runs>();
        var made = await runs.All.Reader.ReadAsync(Token);
        await _time.MoveToAsync(Begin.AddMinutes(11));
        var next = await runs.All.Reader.ReadAsync(Token);

        Assert.True(made.IsPastDue);
        Assert.False(next.IsPastDue);
    }

    [Fact]
    public async Task RunOnStartup_RunsWithTheHost()
    {
        await using var app = await StartAsync(typeof(AtStart));

        var info = await app.Services.GetRequiredService<Runs>().All.Reader.ReadAsync(Token);

        Assert.False(info.IsPastDue);
        Assert.Null(info.ScheduleStatus);
    }

    [Fact]
    public async Task Function_StillRunningAtItsNextTime_IsNotRunTwiceAtOnce()
    {
        await using var app = await StartAsync(typeof(Slow));
        var runs = app.Services.GetRequiredService<Runs>();

        await NextAsync(runs);
        for (var i = 0; i < 20; i++)
        {
            _time.Advance(TimeSpan.FromMinutes(1));
            await Task.Delay(5, Token);
        }

        var meanwhile = runs.All.Reader.TryRead(out _);
        runs.Gate.Release();
        await NextAsync(runs);
        runs.Gate.Release();

        Assert.False(meanwhile);
    }

    [Fact]
    public async Task Schedule_Wrong_FailsTheStartNamingTheFunction()
    {
        var exception = await Assert.ThrowsAnyAsync<InvalidOperationException>(() => StartAsync(typeof(Wrong)));

        Assert.Contains("Function 'wrong': 'every day' is neither", exception.Message, StringComparison.Ordinal);
    }

    private async Task<TimerInfo> NextAsync(Runs runs)
    {
        var next = runs.All.Reader.ReadAsync(Token).AsTask();
        while (await Task.WhenAny(next, Task.Delay(20, Token)) != next)
            _time.Advance(TimeSpan.FromSeconds(10));
        return await next;
    }

    private Task<TestApp> StartAsync(Type functions) => TestApp.StartAsync(
        new() { StateFile = _folder.StateFile, Time = _time, Arguments = ["--Minutely", "0 */1 * * * *"], Configure = b => b.Services.AddSingleton<Runs>() },
        functions);

    private sealed class Runs
    {
        public Channel<TimerInfo> All { get; } = Channel.CreateUnbounded<TimerInfo>();

        public SemaphoreSlim Gate { get; } = new(0);
    }

    private sealed class Minutely(Runs runs)
    {
        [Function("minutely")]
        public void Run([TimerTrigger("%Minutely%")] TimerInfo timer) => runs.All.Writer.TryWrite(timer);
    }

    private sealed class AtStart(Runs runs)
    {
        [Function("at-start")]
        public void Run([TimerTrigger("0 0 0 1 1 *", RunOnStartup = true, UseMonitor = false)] TimerInfo timer) => runs.All.Writer.TryWrite(timer);
    }

    private sealed class Slow(Runs runs)
    {
        [Function("slow-timer")]
        public Task Run([TimerTrigger("0 */1 * * * *")] TimerInfo timer, CancellationToken cancellationToken)
        {
            runs.All.Writer.TryWrite(timer);
            return runs.Gate.WaitAsync(cancellationToken);
        }
    }

    private sealed class Wrong
    {
        [Function("wrong")]
        public static void Run([TimerTrigger("every day")] TimerInfo timer) => GC.KeepAlive(timer);
    }
}
