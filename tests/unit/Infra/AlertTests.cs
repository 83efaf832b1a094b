using System.Diagnostics.Metrics;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using MyriadSync.Telemetry;

namespace MyriadSync.UnitTests.Infra;

/// <summary>Alerts query what the app measures, and tell people where to read on.</summary>
public sealed partial class AlertTests
{
    public static TheoryData<string> Environments => Deployment.Environments;

    [Theory]
    [MemberData(nameof(Environments))]
    public void Alerts_Query_MetricsOfTheApp(string environment)
    {
        var instruments = Instruments();

        var queried = Alerts(environment).Select(alert => MetricName().Match(alert.Query).Groups[1].Value).ToList();

        Assert.Subset(instruments, queried.ToHashSet());
        string[] asked = [MetricNames.PoisonDepth, MetricNames.ApplyLag, MetricNames.HeldRecords, MetricNames.FunctionFailures, MetricNames.Datasets];
        Assert.Equal(asked.Order(), queried.Order());
    }

    [Fact]
    public void Alerts_NameSectionsOfTheRunbook()
    {
        var runbook = File.ReadAllText(Path.Combine(Deployment.Root, "docs", "RUNBOOK.md"));

        var sections = Alerts("prod").Select(alert => Section().Match(alert.Text).Groups[1].Value);

        Assert.All(sections, section => Assert.Contains($"### {section}\n", runbook, StringComparison.Ordinal));
    }

    private static IEnumerable<(string Query, string Text)> Alerts(string environment) => Deployment.Read(environment).Of("Microsoft.Insights/scheduledQueryRules")
        .Select(alert => (alert.GetProperty("criteria").GetProperty("allOf")[0].GetProperty("query").GetString()!, alert.GetProperty("description").GetString()!));

    private static HashSet<string> Instruments()
    {
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var factory = services.GetRequiredService<IMeterFactory>();
        var names = new HashSet<string>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, _) =>
        {
            if (instrument.Meter.Scope == factory)
                names.Add(instrument.Name);
        };
        listener.Start();
        _ = new SyncMetrics(factory);
        return names;
    }

    [GeneratedRegex("""where Name == "([\w.]+)" """)]
    private static partial Regex MetricName();

    [GeneratedRegex(@"\(RUNBOOK, ([^)]+)\)")]
    private static partial Regex Section();
}
