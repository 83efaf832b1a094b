using MyriadSync.FunctionsRuntime.Timers;

namespace MyriadSync.FunctionsRuntime.Tests.Timers;

public sealed class TimerScheduleTests
{
    private static readonly DateTime Begin = new(2030, 1, 1, 10, 20, 30, DateTimeKind.Utc);

    [Theory]
    [InlineData("0 */1 * * * *", "10:21:00")]
    [InlineData("*/15 * * * * *", "10:20:45")]
    [InlineData("30 10 * * *", "10:30:00")]
    [InlineData("0 30 10 * * *", "10:30:00")]
    [InlineData("00:05:00", "10:25:30")]
    public void Next_OfASchedule_IsItsNextTimeInUtc(string schedule, string expected)
    {
        var next = TimerSchedule.Parse(schedule)!.Next(Begin);

        Assert.Equal(TimeSpan.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), next - Begin.Date);
        Assert.Equal(DateTimeKind.Utc, next.Kind);
    }

    [Theory]
    [InlineData("")]
    [InlineData("every day")]
    [InlineData("61 * * * * *")]
    [InlineData("00:00:00")]
    public void Parse_NoSchedule_IsNull(string text) => Assert.Null(TimerSchedule.Parse(text));
}
