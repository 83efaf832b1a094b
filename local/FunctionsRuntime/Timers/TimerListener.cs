using System.Diagnostics.CodeAnalysis;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using MyriadSync.FunctionsRuntime.State;

namespace MyriadSync.FunctionsRuntime.Timers;

/// <summary>Runs one timer function when it is due, never two at once. A run missed while the host was down is made up for once, at start.</summary>
internal sealed class TimerListener(
    string function,
    TimerSchedule schedule,
    TimerTriggerAttribute trigger,
    Func<TimerInfo, CancellationToken, Task> run,
    StateStore store,
    TimeProvider time,
    ILogger logger) : IDisposable
{
    // Task.Delay has a limit, and the clock may be set in between.
    private static readonly TimeSpan LongestSleep = TimeSpan.FromHours(1);

    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _abandoned = new();
    private Task _loop = Task.CompletedTask;

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    /// <summary>Begins.</summary>
    public void Start() => _loop = Task.Run(LoopAsync);

    /// <summary>Starts no further run and waits for the one that is going on.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await Task.WhenAny(_loop, Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken));
        await _abandoned.CancelAsync();
        await _loop;
    }

    public void Dispose()
    {
        _stopping.Dispose();
        _abandoned.Dispose();
    }

    private async Task LoopAsync()
    {
        var status = trigger.UseMonitor ? store.Read(r => r.FindSchedule(function)) : null;
        if (status?.Schedule != schedule.Text)
            status = null; // A schedule that was changed has missed nothing.

        var pastDue = status is not null && status.Next <= Now;
        if (pastDue || trigger.RunOnStartup)
            status = await RunAsync(status, pastDue);
        status ??= await SaveAsync(last: default);
        while (await SleepUntilAsync(status.Next))
            status = await RunAsync(status, isPastDue: false);
    }

    private async Task<bool> SleepUntilAsync(DateTime due)
    {
        try
        {
            for (var left = due - Now; left > TimeSpan.Zero; left = due - Now)
                await Task.Delay(left < LongestSleep ? left : LongestSleep, time, _stopping.Token);
        }
        catch (OperationCanceledException)
        {
            return false;
        }

        return !_stopping.IsCancellationRequested;
    }

    [SuppressMessage("Design", "CA1031", Justification = "A timer function that throws runs again at its next time.")]
    private async Task<ScheduleRecord> RunAsync(ScheduleRecord? status, bool isPastDue)
    {
        var started = Now;
        var info = new TimerInfo
        {
            IsPastDue = isPastDue,
            ScheduleStatus = !trigger.UseMonitor ? null : new()
            {
                Last = status?.Last ?? default,
                Next = schedule.Next(started),
                LastUpdated = status?.UpdatedAt ?? default,
            },
        };
        try
        {
            await run(info, _abandoned.Token);
        }
        catch (Exception exception)
        {
            if (!_abandoned.IsCancellationRequested)
                TimerLogs.Failed(logger, exception, function);
        }

        return await SaveAsync(started);
    }

    private async Task<ScheduleRecord> SaveAsync(DateTime last)
    {
        var now = Now;
        var record = new ScheduleRecord { Function = function, Schedule = schedule.Text, Last = last, Next = schedule.Next(now), UpdatedAt = now };
        var work = new ScheduleWork(record);
        if (trigger.UseMonitor && store.TryWrite(work))
            await work.Stored;
        return record;
    }
}
