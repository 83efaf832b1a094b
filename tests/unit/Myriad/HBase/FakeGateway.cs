using System.Collections.Concurrent;
using System.Net;
using System.Text;

namespace MyriadSync.UnitTests.Myriad.HBase;

/// <summary>Gateways that answer as a function says, in the place of the network.</summary>
internal sealed class FakeGateway(Func<FakeRequest, FakeAnswer> answer) : HttpMessageHandler
{
    private readonly TaskCompletionSource _hung = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ConcurrentQueue<FakeRequest> Requests { get; } = [];

    /// <summary>Completes when a request hangs.</summary>
    public Task Hung => _hung.Task;

    public int Count(string method, string start) => Requests.Count(request => request.Is(method, start));

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        var seen = new FakeRequest(request.Method, request.RequestUri!.Authority, request.RequestUri.PathAndQuery, body, request);
        Requests.Enqueue(seen);
        var chosen = answer(seen);
        if (chosen == FakeAnswer.Refused)
            throw new HttpRequestException(HttpRequestError.ConnectionError, "refused");
        if (chosen == FakeAnswer.Hangs)
            await HangAsync(cancellationToken);
        if (chosen == FakeAnswer.HangsInItsBody)
            return new(HttpStatusCode.OK) { Content = new StreamContent(new HangingStream(this)) };
        var content = new StringContent(chosen.Body, Encoding.UTF8, chosen.MediaType);
        if (chosen.ContentLength is { } length)
            content.Headers.ContentLength = length;
        return new((HttpStatusCode)chosen.Status) { Content = content, Headers = { Location = chosen.Location } };
    }

    private Task HangAsync(CancellationToken cancellationToken)
    {
        _hung.TrySetResult();
        return Task.Delay(Timeout.Infinite, cancellationToken);
    }

    private sealed class HangingStream(FakeGateway gateway) : MemoryStream(Encoding.UTF8.GetBytes("""{"Row":["""))
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = await base.ReadAsync(buffer, cancellationToken);
            if (read == 0)
                await gateway.HangAsync(cancellationToken);
            return read;
        }
    }
}
