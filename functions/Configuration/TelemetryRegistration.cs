using Azure.Identity;
using Azure.Monitor.OpenTelemetry.Exporter;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using MyriadSync.Telemetry;
using MyriadSync.Triggers;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace MyriadSync.Configuration;

/// <summary>
/// Registers what can be seen of the app, and where it goes: Azure Monitor, an OTLP collector, both, or nowhere. Spans and metrics are sent by this
/// process; log lines pass through the Functions host, which sends them to the same places.
/// </summary>
internal static class TelemetryRegistration
{
    /// <summary>Source of the spans that the worker makes of each invocation: the parents of ours.</summary>
    private const string WorkerSource = "Microsoft.Azure.Functions.Worker";

    /// <summary>Settings <c>APPLICATIONINSIGHTS_CONNECTION_STRING</c>, <c>APPLICATIONINSIGHTS_AUTHENTICATION_STRING</c> and <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>, by the names that they have everywhere.</summary>
    public static FunctionsApplicationBuilder AddTelemetry(this FunctionsApplicationBuilder builder)
    {
        builder.Services.AddMetrics();
        builder.Services.AddSingleton<SyncMetrics>();
        builder.UseMiddleware<FailureMiddleware>();

        var monitor = builder.Configuration["APPLICATIONINSIGHTS_CONNECTION_STRING"];
        var collector = builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"];
        var (hasMonitor, hasCollector) = (!string.IsNullOrEmpty(monitor), !string.IsNullOrEmpty(collector));
        if (!hasMonitor && !hasCollector)
        {
            return builder;
        }

        var credential = Credential(builder.Configuration["APPLICATIONINSIGHTS_AUTHENTICATION_STRING"]);
        builder.Services.AddOpenTelemetry()
            .WithTracing(tracing =>
            {
                tracing.AddSource(TelemetrySource.Name, WorkerSource);
                if (hasMonitor)
                    tracing.AddAzureMonitorTraceExporter(options => options.ConnectionString = monitor, credential);
                if (hasCollector)
                    tracing.AddOtlpExporter();
            })
            .WithMetrics(metrics =>
            {
                metrics.AddMeter(TelemetrySource.Name);
                if (hasMonitor)
                    metrics.AddAzureMonitorMetricExporter(options => options.ConnectionString = monitor, credential);
                if (hasCollector)
                    metrics.AddOtlpExporter();
            });
        return builder;
    }

    /// <summary>The managed identity, where the component takes nothing else (<c>Authorization=AAD</c>). Its client id is in <c>AZURE_CLIENT_ID</c>.</summary>
    private static DefaultAzureCredential? Credential(string? authentication) =>
        authentication?.Contains("Authorization=AAD", StringComparison.OrdinalIgnoreCase) == true ? new DefaultAzureCredential() : null;
}
