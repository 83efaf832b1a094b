using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using MyriadSync.Telemetry;

namespace MyriadSync.IntegrationTests.Telemetry;

/// <summary>What one app of this process measures: others' meters have another factory.</summary>
internal sealed class MetricReader : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentQueue<(string Name, string Tag, double Value)> _seen = new();

    public MetricReader(IMeterFactory factory)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == TelemetrySource.Name && instrument.Meter.Scope == factory)
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.Start();
    }

    /// <summary>Sum of a counter, for one value of its tag.</summary>
    public double Sum(string name, string tag) => _seen.Where(measured => measured.Name == name && measured.Tag == tag).Sum(measured => measured.Value);

    /// <summary>Newest value of a gauge; null: never measured.</summary>
    public double? Last(string name) => _seen.Where(measured => measured.Name == name).Select(measured => (double?)measured.Value).LastOrDefault();

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        _seen.Enqueue((instrument.Name, tags.Length > 0 ? (string?)tags[0].Value ?? "" : "", value));
}
