using Azure.Core;
using Azure.Data.Tables;
using Azure.Identity;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using MyriadSync.ChangeLog;
using MyriadSync.Conflicts;
using MyriadSync.Orchestration;
using MyriadSync.Payloads;
using MyriadSync.Poison;
using MyriadSync.Queues;

namespace MyriadSync.Configuration;

/// <summary>Registers the change log, the queues and the claim checks on Azure Storage.</summary>
internal static class StorageRegistration
{
    private const int MaxRetries = 2;
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan NetworkTimeout = TimeSpan.FromSeconds(10);

    public static IServiceCollection AddStorage(this IServiceCollection services, IConfiguration configuration)
    {
        var options = configuration.GetSection("Storage").Get<StorageOptions>() ?? new StorageOptions();
        var connection = options.ConnectionString ?? configuration["AzureWebJobsStorage"];
        if (options.AccountName is { Length: > 0 } account)
        {
            var identity = new DefaultAzureCredential();
            services.AddSingleton(_ => new TableServiceClient(new Uri($"https://{account}.table.core.windows.net"), identity, Tuned(new TableClientOptions())));
            services.AddSingleton(_ => new BlobServiceClient(new Uri($"https://{account}.blob.core.windows.net"), identity, Tuned(new BlobClientOptions())));
            services.AddSingleton(_ => new QueueServiceClient(new Uri($"https://{account}.queue.core.windows.net"), identity, Queues()));
        }
        else if (!string.IsNullOrEmpty(connection))
        {
            services.AddSingleton(_ => new TableServiceClient(connection, Tuned(new TableClientOptions())));
            services.AddSingleton(_ => new BlobServiceClient(connection, Tuned(new BlobClientOptions())));
            services.AddSingleton(_ => new QueueServiceClient(connection, Queues()));
        }
        else
        {
            throw new InvalidOperationException("No storage is configured: set Storage:AccountName (managed identity) or AzureWebJobsStorage (a connection string).");
        }

        services.AddSingleton<IChangeLog, TableChangeLog>();
        services.AddSingleton<IRetentionLog, TableRetentionLog>();
        services.AddSingleton<IRebuiltLog, TableRebuiltLog>();
        services.AddSingleton<IMappingRegistry, TableMappingRegistry>();
        services.AddSingleton<LogWindows>();
        services.AddSingleton<CommitSignals>();
        services.AddSingleton<IPayloadStore, BlobPayloadStore>();
        services.AddSingleton<IApplyQueue, StorageApplyQueue>();
        services.AddSingleton<IApplierLease, BlobApplierLease>();
        services.AddSingleton<IPoisonFeed, QueuePoisonFeed>();
        services.AddSingleton<IPoisonSweep, QueuePoisonSweep>();
        services.AddSingleton<PoisonTable>();
        services.AddSingleton<ConflictTable>();
        services.AddSingleton<ConflictFeed>();
        services.AddSingleton<PoisonDepth>();
        return services;
    }

    /// <summary>host.json reads queue messages as base64, so they are sent that way.</summary>
    private static QueueClientOptions Queues() => Tuned(new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 });

    private static T Tuned<T>(T options)
        where T : ClientOptions
    {
        options.Retry.MaxRetries = MaxRetries;
        options.Retry.Delay = RetryDelay;
        options.Retry.NetworkTimeout = NetworkTimeout;
        return options;
    }
}
