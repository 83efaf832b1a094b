using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using MyriadSync.DevStack;
using MyriadSync.DevStack.Tokens;

namespace MyriadSync.IntegrationTests.Support;

/// <summary>The API of one instance for one dataset and one user, over HTTP.</summary>
internal sealed class WireApi : IDisposable
{
    private const int WaitSeconds = 30;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly HttpClient _http;

    public WireApi(LocalStack stack, string dataset, string sub)
    {
        _http = new HttpClient { BaseAddress = new Uri(stack.BaseAddress, $"api/v1/datasets/{dataset}/"), Timeout = Timeout.InfiniteTimeSpan };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", stack.Tokens.Create(new DevTokenRequest { Sub = sub }));
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Sends a batch.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="wait">Seconds that the answer may take while it is not applied.</param>
    public Task<WireAnswer> PushAsync(WireBatch batch, int wait = WaitSeconds) => PostAsync(batch, wait, Cancel);

    /// <summary>Sends a batch as a client that is gone before the answer comes.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="gone">Ends when the client goes.</param>
    public async Task PushAndLeaveAsync(WireBatch batch, Task gone)
    {
        using var leaves = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var pushing = PostAsync(batch, WaitSeconds, leaves.Token);
        await gone;
        await leaves.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pushing);
    }

    /// <summary>Asks how a batch stands.</summary>
    public async Task<WireAnswer> FindAsync(WireBatch batch, int wait = 0)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"batches/{batch.ClientId}/{batch.BatchId}");
        return await SendAsync(request, wait, Cancel);
    }

    /// <summary>Sends a batch and asks until it is on the cluster. A problem is returned at once.</summary>
    public async Task<WireAnswer> PushToEndAsync(WireBatch batch) => await EndAsync(batch, await PushAsync(batch));

    /// <summary>Asks until a batch is on the cluster.</summary>
    public async Task<WireAnswer> EndAsync(WireBatch batch) => await EndAsync(batch, await FindAsync(batch, WaitSeconds));

    /// <summary>Any GET below the dataset.</summary>
    public async Task<WireAnswer> GetAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        return await SendAsync(request, null, Cancel);
    }

    /// <summary>A record's answer.</summary>
    public Task<WireAnswer> RecordAsync(string key, string store = "todos") => GetAsync($"records/{store}/{Uri.EscapeDataString(JsonSerializer.Serialize(key))}");

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private async Task<WireAnswer> EndAsync(WireBatch batch, WireAnswer answer)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (answer.Problem is null && answer.BatchStatus != "applied")
        {
            if (TimeProvider.System.GetElapsedTime(start) > Patience)
                throw new TimeoutException($"Batch {batch.BatchId} of {batch.ClientId} does not come to its end: {answer.Body}");
            answer = await FindAsync(batch, 2);
            if (answer.BatchStatus == "committed")
                await Task.Delay(20, Cancel);
        }

        return answer;
    }

    private async Task<WireAnswer> PostAsync(WireBatch batch, int wait, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "batches") { Content = new StringContent(batch.Body, Encoding.UTF8, "application/json") };
        return await SendAsync(request, wait, cancellationToken);
    }

    private async Task<WireAnswer> SendAsync(HttpRequestMessage request, int? wait, CancellationToken cancellationToken)
    {
        if (wait is { } seconds)
            request.Headers.Add("Prefer", $"wait={seconds}");
        using var response = await _http.SendAsync(request, cancellationToken);
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        return new WireAnswer(response.StatusCode, JsonDocument.Parse(text).RootElement);
    }
}
