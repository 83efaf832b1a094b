using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using MyriadSync.Contracts;

namespace MyriadSync.IntegrationTests.FiveClients;

/// <summary>
/// A client that works offline: edits are shown at once and queued, pushed in order one batch at a time, the same bytes again where no answer came; what is
/// received is taken if its rev is above the client's and nothing is pending for the record, and waits otherwise.
/// </summary>
internal sealed class SimClient(string id, int version, Random random, WireApi one, WireApi two)
{
    private const int SkewMs = 20_000;

    private readonly EditMaker _maker = new(id, version, random);
    private readonly Dictionary<RecordName, Held> _held = [];
    private readonly Dictionary<RecordName, Held> _later = [];
    private readonly List<QueuedEdit> _outbox = [];
    private readonly long _skewMs = random.Next(-SkewMs, SkewMs);
    private (WireBatch Batch, IReadOnlyList<QueuedEdit> Edits)? _inFlight;
    private string? _cursor;
    private long _atMs;
    private long _seq;
    private int _batches;

    /// <summary>Everything that was answered, in the client's order.</summary>
    public List<SentChange> Sent { get; } = [];

    /// <summary>The records that it shows, with their revs.</summary>
    public SortedDictionary<string, string> Shown => new(_held.Where(pair => Local(pair.Key) is not null)
        .ToDictionary(pair => pair.Key.ToString(), pair => new Held(pair.Value.Rev, Local(pair.Key)).ToString()), StringComparer.Ordinal);

    /// <summary>Edits, and goes online now and then.</summary>
    public async Task RunAsync(int edits)
    {
        for (var n = 0; n < edits; n++)
        {
            var (record, change) = _maker.Next(Local, IsPending);
            Queue(record, change);
            if (random.Next(8) == 0)
                await GoOnlineAsync();
        }
    }

    /// <summary>Pushes all that is queued and pulls to the end.</summary>
    public async Task DrainAsync()
    {
        while (_inFlight is not null || _outbox.Count > 0)
            await PushAsync(random.Next(1, 60), mayLose: false);
        await PullAsync(random.Next(1, 200), toTheEnd: true);
    }

    /// <summary>Loads the snapshot; what it does not show, and is not in the outbox, goes.</summary>
    public async Task LoadAsync(int limit)
    {
        var shown = new HashSet<RecordName>();
        string? page = null;
        do
        {
            var answer = await Api().GetAsync($"snapshot?limit={limit}&schemaVersion={version}" + (page is null ? "" : $"&page={page}"));
            Assert.Null(answer.Problem);
            foreach (var record in answer.Body.GetProperty("records").EnumerateArray())
                shown.Add(Take(record));
            (_cursor, page) = (answer.Text("cursor"), answer.Text("nextPage"));
        }
        while (page is not null);
        foreach (var record in _held.Keys.Where(record => !shown.Contains(record) && !IsPending(record)).ToList())
            _held.Remove(record);
    }

    /// <summary>Reads on in the log.</summary>
    public async Task PullAsync(int limit, bool toTheEnd)
    {
        WireAnswer answer;
        do
        {
            answer = await Api().GetAsync($"changes?limit={limit}&schemaVersion={version}" + (_cursor is null ? "" : $"&since={_cursor}"));
            Assert.Null(answer.Problem);
            foreach (var change in answer.Body.GetProperty("changes").EnumerateArray())
                Take(change);
            _cursor = answer.Text("cursor");
        }
        while (toTheEnd && answer.Body.GetProperty("more").GetBoolean());
    }

    private async Task GoOnlineAsync()
    {
        if (random.Next(30) == 0)
            await LoadAsync(random.Next(3, 50));
        for (var n = random.Next(3); n > 0; n--)
            await PushAsync(random.Next(1, 30), mayLose: true);
        if (random.Next(3) > 0)
            await PullAsync(random.Next(1, 60), toTheEnd: random.Next(2) == 0);
    }

    private async Task PushAsync(int most, bool mayLose)
    {
        if (_inFlight is null && _outbox.Count == 0)
            return;
        var (batch, edits) = _inFlight ??= Cut(most);
        if (mayLose && random.Next(6) == 0)
        {
            await Api().PushAsync(batch, 0);
            return;
        }

        var answer = random.Next(6) == 0 ? (await Task.WhenAll(one.PushAsync(batch), two.PushAsync(batch)))[0] : await Api().PushAsync(batch);
        while (answer.BatchStatus == "accepted")
            answer = await Api().PushAsync(batch);
        Assert.True(answer.Problem is null, $"{batch.Body} was answered {answer.Body}");
        Settle(edits, answer.Results);
    }

    private (WireBatch Batch, IReadOnlyList<QueuedEdit> Edits) Cut(int most)
    {
        var edits = _outbox.Take(most).ToList();
        var batchId = string.Create(CultureInfo.InvariantCulture, $"{id}-{++_batches}");
        var body = new JsonObject
        {
            ["schemaVersion"] = version,
            ["clientId"] = id,
            ["batchId"] = batchId,
            ["atomic"] = random.Next(15) == 0,
            ["changes"] = new JsonArray([.. edits.Select(edit => edit.Number(++_seq))]),
        };
        return (new WireBatch(id, batchId, body.ToJsonString()), edits);
    }

    private void Settle(IReadOnlyList<QueuedEdit> edits, IReadOnlyList<JsonElement> results)
    {
        Assert.Equal(edits.Count, results.Count);
        _outbox.RemoveRange(0, edits.Count);
        var batchId = _inFlight!.Value.Batch.BatchId;
        _inFlight = null;
        var sent = edits.Zip(results, (edit, result) => new SentChange(id, version, batchId, edit.Record, edit.Change, result)).ToList();
        Sent.AddRange(sent);
        foreach (var group in sent.GroupBy(change => change.Record))
            Rebase(group.Key, [.. group]);
        foreach (var refused in sent.Where(change => change is { Outcome: "conflict", ConflictId: null, Op: "patch" } && change.Change["set"] is not null && random.Next(2) == 0))
            Queue(refused.Record, QueuedEdit.Anew(refused.Change));
    }

    /// <summary>
    /// The record becomes what the server has of it. Later edits know what became of what they were made on; but a put has not in it what came in by a merge,
    /// and so it, and what was made on it, keep to what they knew.
    /// </summary>
    private void Rebase(RecordName record, IReadOnlyList<SentChange> changes)
    {
        var held = HeldOf(record);
        var told = false;
        foreach (var change in changes)
        {
            var value = change.Result.TryGetProperty("value", out var inEffect) ? JsonNode.Parse(inEffect.GetRawText())!.AsObject() : null;
            var isTold = value is not null || change.Result.TryGetProperty("deleted", out _);
            if (change.Rev > held.Rev || (change.Rev == held.Rev && !told))
                held = new Held(change.Rev, isTold ? value : change.IsTaken ? LocalEdit.Apply(held.Value, change.Change) : held.Value);
            told |= isTold;
        }

        var isWhole = changes.All(change => change.Outcome == "applied");
        var queued = _outbox.Where(edit => edit.Record == record).ToList();
        if (isWhole || (changes.Any(change => change.IsTaken) && queued.TrueForAll(edit => edit.IsPatch)))
            queued.ForEach(edit => edit.Base = held.Rev);
        _held[record] = _later.Remove(record, out var later) && later.Rev > held.Rev ? later : held;
    }

    private RecordName Take(JsonElement received)
    {
        var record = new RecordName(received.GetProperty("store").GetString()!, Json.Text(received.GetProperty("key")));
        var value = received.TryGetProperty("value", out var json) ? JsonNode.Parse(json.GetRawText())!.AsObject() : null;
        var (into, known) = IsPending(record) ? (_later, _later.GetValueOrDefault(record) ?? HeldOf(record)) : (_held, HeldOf(record));
        if (received.GetProperty("rev").GetInt64() is var rev && rev > known.Rev)
            into[record] = new Held(rev, value);
        return record;
    }

    private void Queue(RecordName record, JsonObject change)
    {
        _atMs = Math.Max(_atMs + 1, TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() + _skewMs);
        change["at"] = HybridTime.FromMilliseconds(_atMs, id).ToString();
        _outbox.Add(new QueuedEdit(record, change) { Base = HeldOf(record).Rev });
    }

    private JsonObject? Local(RecordName record) =>
        _outbox.Where(edit => edit.Record == record).Aggregate(HeldOf(record).Value, (value, edit) => LocalEdit.Apply(value, edit.Change));

    private bool IsPending(RecordName record) => _outbox.Exists(edit => edit.Record == record);

    private Held HeldOf(RecordName record) => _held.GetValueOrDefault(record, Held.Nothing);

    private WireApi Api() => random.Next(2) == 0 ? one : two;
}
