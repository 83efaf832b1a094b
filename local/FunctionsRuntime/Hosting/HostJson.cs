using Microsoft.Extensions.Configuration;
using MyriadSync.FunctionsRuntime.Durable.Engine;
using MyriadSync.FunctionsRuntime.Durable.Execution;
using MyriadSync.FunctionsRuntime.Queues;

namespace MyriadSync.FunctionsRuntime.Hosting;

/// <summary>The sections of host.json that the runtime honours.</summary>
internal static class HostJson
{
    /// <summary>Section <c>extensions.durableTask</c>.</summary>
    public static DurableOptions Durable(IConfiguration hostJson, bool replayOnEachEvent)
    {
        var section = hostJson.GetSection("extensions:durableTask");
        var defaults = new DurableOptions();
        return new()
        {
            HubName = section["hubName"] ?? defaults.HubName,
            DefaultVersion = section["defaultVersion"] ?? defaults.DefaultVersion,
            VersionMatchStrategy = section.GetValue("versionMatchStrategy", VersionMatchStrategy.CurrentOrOlder),
            MaxConcurrentActivities = Math.Max(1, section.GetValue("maxConcurrentActivityFunctions", defaults.MaxConcurrentActivities)),
            MaxConcurrentOrchestrators = Math.Max(1, section.GetValue("maxConcurrentOrchestratorFunctions", defaults.MaxConcurrentOrchestrators)),
            ReplayOnEachEvent = replayOnEachEvent,
        };
    }

    /// <summary>Section <c>extensions.queues</c>.</summary>
    /// <exception cref="InvalidOperationException">A value is outside its range.</exception>
    public static QueueOptions Queues(IConfiguration hostJson)
    {
        var section = hostJson.GetSection("extensions:queues");
        var defaults = new QueueOptions();
        var batchSize = section.GetValue("batchSize", defaults.BatchSize);
        var options = new QueueOptions
        {
            BatchSize = batchSize,
            NewBatchThreshold = section.GetValue("newBatchThreshold", batchSize / 2 * Environment.ProcessorCount),
            MaxDequeueCount = section.GetValue("maxDequeueCount", defaults.MaxDequeueCount),
            VisibilityTimeout = section.GetValue("visibilityTimeout", defaults.VisibilityTimeout),
            MaxPollingInterval = section.GetValue("maxPollingInterval", defaults.MaxPollingInterval),
            UseBase64 = !string.Equals(section["messageEncoding"], "none", StringComparison.OrdinalIgnoreCase),
        };
        options.Demand();
        return options;
    }
}
