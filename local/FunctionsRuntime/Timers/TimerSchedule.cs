using System.Globalization;
using NCrontab;

namespace MyriadSync.FunctionsRuntime.Timers;

/// <summary>When a timer function is due: NCRONTAB of five or six fields in UTC, or a fixed interval.</summary>
internal sealed class TimerSchedule
{
    private readonly CrontabSchedule? _crontab;
    private readonly TimeSpan _interval;

    private TimerSchedule(CrontabSchedule? crontab, TimeSpan interval, string text)
    {
        _crontab = crontab;
        _interval = interval;
        Text = text;
    }

    /// <summary>The schedule as it was written.</summary>
    public string Text { get; }

    /// <summary>Reads a schedule; null if it is none.</summary>
    public static TimerSchedule? Parse(string text)
    {
        var fields = text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length;
        if (fields is 5 or 6)
        {
            var crontab = CrontabSchedule.TryParse(text, new() { IncludingSeconds = fields == 6 });
            return crontab is null ? null : new(crontab, default, text);
        }

        return TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var interval) && interval > TimeSpan.Zero ? new(null, interval, text) : null;
    }

    /// <summary>The first time after the one given.</summary>
    public DateTime Next(DateTime after) =>
        _crontab is null ? after + _interval : DateTime.SpecifyKind(_crontab.GetNextOccurrence(after), DateTimeKind.Utc);
}
