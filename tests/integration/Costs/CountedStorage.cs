using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace MyriadSync.IntegrationTests.Costs;

/// <summary>Storage clients in place of the app's own, which count what they send. Triggers and Durable have clients of their own, and are not counted.</summary>
internal sealed class CountedStorage
{
    private readonly TransactionCounter _tables = new("table"), _blobs = new("blob"), _queues = new("queue");

    /// <summary>Every request since the last <see cref="Reset"/>.</summary>
    public IReadOnlyList<string> Seen => [.. _tables.Seen, .. _blobs.Seen, .. _queues.Seen];

    /// <summary>Begins anew.</summary>
    public void Reset()
    {
        _tables.Reset();
        _blobs.Reset();
        _queues.Reset();
    }

    /// <summary>Puts the clients in; for <c>LocalStackOptions.ConfigureServices</c>.</summary>
    public void Register(IServiceCollection services)
    {
        services.AddSingleton(provider => new TableServiceClient(Connection(provider), Counted(new TableClientOptions(), _tables)));
        services.AddSingleton(provider => new BlobServiceClient(Connection(provider), Counted(new BlobClientOptions(), _blobs)));
        services.AddSingleton(provider => new QueueServiceClient(Connection(provider), Counted(new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 }, _queues)));
    }

    private static string Connection(IServiceProvider provider) => provider.GetRequiredService<IConfiguration>()["AzureWebJobsStorage"]!;

    private static T Counted<T>(T options, HttpPipelinePolicy counter)
        where T : ClientOptions
    {
        options.AddPolicy(counter, HttpPipelinePosition.PerRetry);
        return options;
    }
}
