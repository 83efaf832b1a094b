using Azure.Storage.Queues;
using Microsoft.Extensions.Configuration;
using MyriadSync.FunctionsRuntime.Hosting;
using MyriadSync.FunctionsRuntime.Invocation;

namespace MyriadSync.FunctionsRuntime.Queues;

/// <summary>Queues as attributes name them.</summary>
internal static class QueueNames
{
    /// <summary>What a poison queue's name ends with.</summary>
    public const string PoisonSuffix = "-poison";

    private const string DefaultConnection = "AzureWebJobsStorage";

    /// <summary>A client that leaves messages as they are: the runtime decodes them itself, so that an unreadable one takes the way of all failures.</summary>
    /// <exception cref="FunctionAppException">The connection is not set.</exception>
    public static QueueClient Open(string queueName, string? connection, IConfiguration configuration, string function)
    {
        var setting = connection ?? DefaultConnection;
        var connectionString = configuration[setting] ?? configuration.GetConnectionString(setting);
        if (string.IsNullOrEmpty(connectionString))
            throw new FunctionAppException($"Function '{function}' needs the storage connection string '{setting}', which is not set.");

        // Few and quick retries: the listener's own polling is what waits for a storage that is down.
        return new(connectionString, SettingReference.Resolve(queueName, configuration, function), new()
        {
            MessageEncoding = QueueMessageEncoding.None,
            Retry = { MaxRetries = 2, Delay = TimeSpan.FromMilliseconds(100), MaxDelay = TimeSpan.FromSeconds(1), NetworkTimeout = TimeSpan.FromSeconds(30) },
        });
    }

    /// <summary>The poison queue of a queue; null if it is one itself.</summary>
    public static string? PoisonOf(string queueName) => queueName.EndsWith(PoisonSuffix, StringComparison.Ordinal) ? null : queueName + PoisonSuffix;
}
