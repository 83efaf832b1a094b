using System.Text.Json;

namespace MyriadSync.IntegrationTests.Support;

/// <summary>What a client holds that pulls and loads, by the rule of the wire: it takes what it receives if the rev is above its own.</summary>
internal sealed class Replica
{
    private readonly Dictionary<string, (long Rev, string? Value)> _records = [];
    private readonly HashSet<string> _shown = [];

    /// <summary>Where it pulls from next; null: the beginning.</summary>
    public string? Cursor { get; private set; }

    /// <summary>Key to rev and value of every record that it shows.</summary>
    public IReadOnlyDictionary<string, (long Rev, string Value)> Alive =>
        _records.Where(pair => pair.Value.Value is not null).ToDictionary(pair => pair.Key, pair => (pair.Value.Rev, pair.Value.Value!));

    /// <summary>Takes one page of a snapshot.</summary>
    /// <param name="api">Where from.</param>
    /// <param name="page">The page's token; null: the first.</param>
    /// <param name="limit">Records a page.</param>
    /// <returns>The next page's token; null: it was the last, and the records that no page showed are gone.</returns>
    public async Task<string?> LoadPageAsync(WireApi api, string? page, int limit)
    {
        var answer = await api.GetAsync($"snapshot?limit={limit}" + (page is null ? "" : $"&page={page}"));
        Assert.Null(answer.Problem);
        foreach (var record in answer.Body.GetProperty("records").EnumerateArray())
            _shown.Add(Take(record));
        if (answer.Text("nextPage") is { } next)
            return next;

        foreach (var key in _records.Keys.Except(_shown).ToList())
            _records.Remove(key);
        _shown.Clear();
        Cursor = answer.Text("cursor");
        return null;
    }

    /// <summary>Takes the rest of a snapshot, from a page on.</summary>
    public async Task LoadAsync(WireApi api, int limit, string? page = null)
    {
        do
            page = await LoadPageAsync(api, page, limit);
        while (page is not null);
    }

    /// <summary>Pulls until there is no more.</summary>
    /// <returns>Revs of all entries, in the order in which they came.</returns>
    public async Task<IReadOnlyList<long>> PullAsync(WireApi api, int limit)
    {
        var revs = new List<long>();
        WireAnswer answer;
        do
        {
            answer = await api.GetAsync($"changes?limit={limit}" + (Cursor is null ? "" : $"&since={Cursor}"));
            Assert.Null(answer.Problem);
            foreach (var entry in answer.Body.GetProperty("changes").EnumerateArray())
            {
                Take(entry);
                revs.Add(entry.GetProperty("rev").GetInt64());
            }

            Cursor = answer.Text("cursor");
        }
        while (answer.Body.GetProperty("more").GetBoolean());
        return revs;
    }

    private string Take(JsonElement record)
    {
        var key = record.GetProperty("key").GetRawText();
        var rev = record.GetProperty("rev").GetInt64();
        if (!_records.TryGetValue(key, out var known) || known.Rev < rev)
            _records[key] = (rev, record.TryGetProperty("value", out var value) ? value.GetRawText() : null);
        return key;
    }
}
