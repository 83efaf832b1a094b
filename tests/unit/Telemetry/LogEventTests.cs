using System.Reflection;
using Microsoft.Extensions.Logging;
using MyriadSync.Telemetry;

namespace MyriadSync.UnitTests.Telemetry;

/// <summary>Operators find log events by their numbers.</summary>
public sealed class LogEventTests
{
    [Fact]
    public void Events_AllOfTheApp_HaveNumbersOfTheirOwn()
    {
        var events = typeof(TelemetrySource).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Select(method => (Name: $"{method.DeclaringType}.{method.Name}", Number: method.GetCustomAttribute<LoggerMessageAttribute>()?.EventId))
            .Where(one => one.Number is not null)
            .ToList();

        Assert.NotEmpty(events);
        Assert.Empty(events.GroupBy(one => one.Number).Where(same => same.Count() > 1).Select(same => string.Join(" = ", same.Select(one => one.Name))));
    }
}
