using System.Diagnostics;

namespace MyriadSync.Telemetry;

/// <summary>The one source of spans. Listeners subscribe to <see cref="Name"/>.</summary>
public static class TelemetrySource
{
    /// <summary>Name of the activity source and of the meter.</summary>
    public const string Name = "MyriadSync";

    /// <summary>Starts the spans of every part of the app.</summary>
    public static ActivitySource Activities { get; } = new(Name);
}
