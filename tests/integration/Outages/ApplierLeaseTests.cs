using Azure.Core;
using Azure.Storage.Blobs;
using MyriadSync.Queues;

namespace MyriadSync.IntegrationTests.Outages;

/// <summary>The lease of who applies a dataset, while storage comes and goes.</summary>
public sealed class ApplierLeaseTests(SharedAzurite azurite)
{
    private readonly LostReplies _replies = new(message => message.Request.Headers.TryGetValue("x-ms-lease-action", out var action) && action == "release");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>One reply lost: the SDK sends the release again, of a lease that is gone by then. All of them: it gives up.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Dispose_ReplyLost_WorkThatWasDoneStandsAndTheNextOneGetsTheLease(int lost)
    {
        var options = new BlobClientOptions();
        options.AddPolicy(_replies, HttpPipelinePosition.PerRetry);
        options.Retry.MaxRetries = 1;
        options.Retry.Delay = TimeSpan.FromMilliseconds(1);
        var leases = new BlobApplierLease(new BlobServiceClient(azurite.Process.TakeAccount(), options));
        var lease = await leases.TryAcquireAsync("todos", Cancel);
        var second = await leases.TryAcquireAsync("todos", Cancel);
        _replies.Lose(lost);

        await lease!.DisposeAsync();

        Assert.Null(second);
        Assert.Equal(lost, _replies.Lost);
        await using var next = await leases.TryAcquireAsync("todos", Cancel);
        Assert.NotNull(next);
    }
}
