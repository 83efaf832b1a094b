using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace MyriadSync.Benchmarks.Peers;

/// <summary>A pouchdb-server, over the requests that PouchDB's replication sends: <c>_bulk_docs</c> and <c>_changes</c> with documents.</summary>
internal sealed class PouchPeer(string name, PouchServer server) : IPeer
{
    private readonly Dictionary<string, string>[] _revs = [.. Enumerable.Range(0, 16).Select(_ => new Dictionary<string, string>())];
    private HttpClient[] _http = [];

    public string Name => name;

    public async Task BeginAsync(string database, int connections, CancellationToken cancellationToken)
    {
        Close();
        _http = [.. Enumerable.Range(0, connections + 1).Select(_ => new HttpClient { BaseAddress = new Uri(server.Address, database + "/"), Timeout = TimeSpan.FromMinutes(5) })];
        _revs.ToList().ForEach(revs => revs.Clear());
        using var created = await _http[0].PutAsync(new Uri("", UriKind.Relative), null, cancellationToken);
        created.EnsureSuccessStatusCode();
    }

    public async Task PushAsync(int connection, IReadOnlyList<(string Key, string Json)> documents, CancellationToken cancellationToken)
    {
        var revs = _revs[connection];
        var docs = documents.Select(document => $"{{\"_id\":\"{document.Key}\",{(revs.TryGetValue(document.Key, out var rev) ? $"\"_rev\":\"{rev}\"," : "")}{document.Json[1..]}");
        using var content = new StringContent($$"""{"docs":[{{string.Join(',', docs)}}]}""", Encoding.UTF8, "application/json");
        using var response = await _http[connection].PostAsync(new Uri("_bulk_docs", UriKind.Relative), content, cancellationToken);
        foreach (var result in (await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken)).EnumerateArray())
        {
            revs[result.GetProperty("id").GetString()!] = result.TryGetProperty("rev", out var written)
                ? written.GetString()!
                : throw new InvalidOperationException($"A document was answered {result}");
        }
    }

    public async Task<int> PullAsync(CancellationToken cancellationToken)
    {
        var (seen, since) = (0, "0");
        while (true)
        {
            var page = await ChangesAsync($"limit=1000&include_docs=true&since={since}", cancellationToken);
            var count = page.GetProperty("results").GetArrayLength();
            if (count == 0)
            {
                return seen;
            }

            (seen, since) = (seen + count, page.GetProperty("last_seq").ToString());
        }
    }

    public async Task<string> EndAsync(CancellationToken cancellationToken) =>
        (await _http[^1].GetFromJsonAsync<JsonElement>("", cancellationToken)).GetProperty("update_seq").ToString();

    public async Task WaitAsync(string since, CancellationToken cancellationToken)
    {
        while ((await ChangesAsync($"feed=longpoll&include_docs=true&since={since}", cancellationToken)).GetProperty("results").GetArrayLength() == 0)
        {
            // The wait was over before anything came.
        }
    }

    public ValueTask DisposeAsync()
    {
        Close();
        return server.DisposeAsync();
    }

    private void Close() => _http.ToList().ForEach(http => http.Dispose());

    private Task<JsonElement> ChangesAsync(string query, CancellationToken cancellationToken) => _http[^1].GetFromJsonAsync<JsonElement>("_changes?" + query, cancellationToken);
}
