using System.Diagnostics.Metrics;
using System.Text.Json;
using MyriadSync.Contracts;
using MyriadSync.Contracts.Stores;

namespace MyriadSync.Telemetry;

/// <summary>
/// What the app counts and measures of itself, on the meter <see cref="TelemetrySource.Name"/>. Tags are few and their values known: never a dataset,
/// a key or a user. Gauges over all datasets are measured by one timer, so each is reported by one instance at a time.
/// </summary>
internal sealed class SyncMetrics
{
    private static readonly string[] OutcomeTags = [.. Enum.GetValues<Outcome>().Prepend(default).Select(outcome => outcome.ToString().ToLowerInvariant())];

    private readonly Counter<long> _changes;
    private readonly Counter<long> _conflicts;
    private readonly Counter<long> _waits;
    private readonly Counter<long> _failures;
    private readonly Histogram<double> _duration;
    private readonly Gauge<long> _datasets;
    private readonly Gauge<double> _lag;
    private readonly Gauge<long> _backlog;
    private readonly Gauge<long> _held;
    private readonly Gauge<long> _poison;

    public SyncMetrics(IMeterFactory factory)
    {
        var meter = factory.Create(TelemetrySource.Name);
        _changes = meter.CreateCounter<long>(MetricNames.Changes, "{change}", "Changes by outcome.");
        _conflicts = meter.CreateCounter<long>(MetricNames.Conflicts, "{change}", "Changes that others' edits kept from going in as they were, by the policy that settled them.");
        _waits = meter.CreateCounter<long>(MetricNames.BatchWaits, "{wait}", "Waits of batches before their commit, by reason.");
        _failures = meter.CreateCounter<long>(MetricNames.FunctionFailures, "{failure}", "Invocations that ended in an exception, by function.");
        _duration = meter.CreateHistogram<double>(MetricNames.BatchDuration, "s", "From a push to its answer, by status.");
        _datasets = meter.CreateGauge<long>(MetricNames.Datasets, "{dataset}", "Datasets that ever had a commit.");
        _lag = meter.CreateGauge<double>(MetricNames.ApplyLag, "s", "Age of the oldest commit that is not on the cluster.");
        _backlog = meter.CreateGauge<long>(MetricNames.ApplyBacklog, "{entry}", "Entries that are not on the cluster.");
        _held = meter.CreateGauge<long>(MetricNames.HeldRecords, "{record}", "Records that the cluster refuses for good.");
        _poison = meter.CreateGauge<long>(MetricNames.PoisonDepth, "{item}", "Items that wait for an operator's decision.");
    }

    /// <summary>Changes have their outcomes.</summary>
    public void Settled(IEnumerable<Outcome> outcomes)
    {
        Span<int> counts = stackalloc int[OutcomeTags.Length];
        foreach (var outcome in outcomes)
        {
            counts[(int)outcome]++;
        }

        for (var i = 0; i < counts.Length; i++)
        {
            if (counts[i] > 0)
            {
                _changes.Add(counts[i], new KeyValuePair<string, object?>("outcome", OutcomeTags[i]));
            }
        }
    }

    /// <summary>A policy settled changes against others' edits.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="changes">How many.</param>
    public void Contested(ConflictPolicy policy, int changes) =>
        _conflicts.Add(changes, new KeyValuePair<string, object?>("policy", JsonNamingPolicy.KebabCaseLower.ConvertName(policy.ToString())));

    /// <summary>A push was answered.</summary>
    /// <param name="duration">From its arrival.</param>
    /// <param name="status">How the batch stood; null: it was refused.</param>
    public void Answered(TimeSpan duration, BatchStatus? status) =>
        _duration.Record(duration.TotalSeconds, new KeyValuePair<string, object?>("status", status?.ToString().ToLowerInvariant() ?? "refused"));

    /// <summary>A batch has to wait before its commit.</summary>
    /// <param name="reason">A stable code; null: it need not, and nothing is counted.</param>
    public void Waits(string? reason)
    {
        if (reason is not null)
        {
            _waits.Add(1, new KeyValuePair<string, object?>("reason", reason));
        }
    }

    /// <summary>An invocation ended in an exception.</summary>
    public void Failed(string function) => _failures.Add(1, new KeyValuePair<string, object?>("function", function));

    /// <summary>All datasets were looked at.</summary>
    public void Surveyed(LogSurvey survey, int poison)
    {
        _datasets.Record(survey.Datasets);
        _lag.Record(survey.Lag.TotalSeconds);
        _backlog.Record(survey.Backlog);
        _held.Record(survey.Held);
        _poison.Record(poison);
    }
}
