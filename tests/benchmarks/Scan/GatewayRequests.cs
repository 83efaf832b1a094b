using System.Collections.Concurrent;
using System.Diagnostics;
using MyriadSync.Telemetry;

namespace MyriadSync.Benchmarks.Scan;

/// <summary>Counts the app's requests for a table by their spans.</summary>
internal sealed class GatewayRequests : IDisposable
{
    private readonly ConcurrentDictionary<string, int> _counts = new();
    private readonly ActivityListener _listener;

    /// <param name="table">The table, with its namespace.</param>
    public GatewayRequests(string table)
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == TelemetrySource.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = span =>
            {
                if (table.Equals(span.GetTagItem("db.collection.name")) && span.GetTagItem("db.operation.name") is string operation)
                {
                    _counts.AddOrUpdate(operation, 1, (_, count) => count + 1);
                }
            },
        };
        ActivitySource.AddActivityListener(_listener);
    }

    /// <summary>How many there were since the last call, by operation.</summary>
    public IReadOnlyDictionary<string, int> Take()
    {
        var counts = _counts.ToDictionary();
        _counts.Clear();
        return counts;
    }

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();
}
