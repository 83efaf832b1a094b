using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using MyriadSync.DevStack;
using MyriadSync.DevStack.Tokens;

namespace MyriadSync.Benchmarks.Peers;

/// <summary>MyriadSync on the local stack, the app in a process of its own. A push counts when its batch is committed and on the cluster.</summary>
internal sealed class MyriadPeer(LocalStack stack) : IPeer
{
    private HttpClient[] _http = [];
    private long[] _seq = [];
    private readonly Dictionary<string, long>[] _revs = [.. Enumerable.Range(0, 16).Select(_ => new Dictionary<string, long>())];

    public string Name => "MyriadSync";

    public Task BeginAsync(string database, int connections, CancellationToken cancellationToken)
    {
        Close();
        var token = stack.Tokens.Create(new DevTokenRequest { Sub = "bench" });
        _http = [.. Enumerable.Range(0, connections + 1).Select(_ => new HttpClient(new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.GZip })
        {
            BaseAddress = new Uri(stack.BaseAddress, $"api/v1/datasets/{database}/"),
            DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", token) },
        })];
        _seq = new long[connections];
        _revs.ToList().ForEach(revs => revs.Clear());
        return Task.CompletedTask;
    }

    public async Task PushAsync(int connection, IReadOnlyList<(string Key, string Json)> documents, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "batches")
        {
            Content = new StringContent(Body(connection, documents), Encoding.UTF8, "application/json"),
            Headers = { { "Prefer", "wait=30" } },
        };
        using var response = await _http[connection].SendAsync(request, cancellationToken);
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
        if (!response.IsSuccessStatusCode || answer.GetProperty("status").GetString() != "applied")
        {
            throw new InvalidOperationException($"A push was answered {(int)response.StatusCode} {answer}");
        }

        foreach (var (result, document) in answer.GetProperty("results").EnumerateArray().Zip(documents))
        {
            _revs[connection][document.Key] = result.GetProperty("outcome").GetString() == "applied"
                ? result.GetProperty("rev").GetInt64()
                : throw new InvalidOperationException($"A change came out as {result}");
        }
    }

    public async Task<int> PullAsync(CancellationToken cancellationToken)
    {
        var (seen, since) = (0, "");
        while (true)
        {
            var page = await PageAsync($"changes?limit=1000{since}", cancellationToken);
            seen += page.GetProperty("changes").GetArrayLength();
            if (!page.GetProperty("more").GetBoolean())
            {
                return seen;
            }

            since = "&since=" + page.GetProperty("cursor").GetString();
        }
    }

    public async Task<string> EndAsync(CancellationToken cancellationToken)
    {
        var cursor = "";
        for (var more = true; more;)
        {
            var page = await PageAsync("changes?limit=1000" + (cursor.Length > 0 ? "&since=" + cursor : ""), cancellationToken);
            (cursor, more) = (page.GetProperty("cursor").GetString()!, page.GetProperty("more").GetBoolean());
        }

        return cursor;
    }

    public async Task WaitAsync(string since, CancellationToken cancellationToken)
    {
        while ((await PageAsync($"changes?wait=30&since={since}", cancellationToken)).GetProperty("changes").GetArrayLength() == 0)
        {
            // The wait was over before anything came.
        }
    }

    public ValueTask DisposeAsync()
    {
        Close();
        return stack.DisposeAsync();
    }

    private void Close() => _http.ToList().ForEach(http => http.Dispose());

    /// <summary>On the connection of its own that pulls have.</summary>
    private Task<JsonElement> PageAsync(string path, CancellationToken cancellationToken) => _http[^1].GetFromJsonAsync<JsonElement>(path, cancellationToken);

    private string Body(int connection, IReadOnlyList<(string Key, string Json)> documents)
    {
        var client = string.Create(CultureInfo.InvariantCulture, $"c{connection}");
        var first = _seq[connection] + 1;
        _seq[connection] += documents.Count;
        var now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        var body = new StringBuilder($$"""{"schemaVersion":1,"clientId":"{{client}}","batchId":"b{{first.ToString(CultureInfo.InvariantCulture)}}","changes":[""");
        for (var i = 0; i < documents.Count; i++)
        {
            var (key, json) = documents[i];
            var known = _revs[connection].TryGetValue(key, out var rev) ? string.Create(CultureInfo.InvariantCulture, $"\"base\":{rev},") : "";
            body.Append(CultureInfo.InvariantCulture, $"{(i > 0 ? "," : "")}{{\"seq\":{first + i},\"store\":\"docs\",\"key\":\"{key}\",\"op\":\"put\",{known}\"at\":\"{now:x12}{i:x4}{client}\",\"value\":{json}}}");
        }

        return body.Append("]}").ToString();
    }
}
