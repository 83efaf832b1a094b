using System.Text.Json;

namespace MyriadSync.IntegrationTests.Support;

/// <summary>
/// What a client keeps, by the two rules that the wire asks of it: nothing of the server's is taken for a record with a pending edit of its own, and
/// otherwise whatever has a rev above its own.
/// </summary>
internal sealed class SkippingReplica
{
    private readonly Dictionary<string, (long Rev, JsonElement? Value)> _records = [];
    private readonly HashSet<string> _pending = [];

    /// <summary>An edit of the client's waits to be pushed, or for its outcome.</summary>
    public void Edit(string key) => _pending.Add(key);

    /// <summary>Pulled changes.</summary>
    public void Take(IEnumerable<JsonElement> changes)
    {
        foreach (var change in changes)
        {
            var key = change.GetProperty("key").GetRawText().Trim('"');
            if (!_pending.Contains(key))
                Take(key, change);
        }
    }

    /// <summary>The outcome of the edits of a record.</summary>
    public void Settle(string key, JsonElement result)
    {
        _pending.Remove(key);
        if (result.TryGetProperty("value", out _) || result.TryGetProperty("deleted", out _))
            Take(key, result);
    }

    /// <summary>The record as the client shows it: <c>{rev} {value}</c>.</summary>
    public string Show(string key) => _records.TryGetValue(key, out var record) ? $"{record.Rev} {(record.Value is { } value ? value.GetRawText() : "deleted")}" : "nothing";

    private void Take(string key, JsonElement state)
    {
        var rev = state.GetProperty("rev").GetInt64();
        if (!_records.TryGetValue(key, out var known) || rev > known.Rev)
            _records[key] = (rev, state.TryGetProperty("value", out var value) ? value : null);
    }
}
