using System.Text.Json.Nodes;

namespace MyriadSync.IntegrationTests.Interleavings;

/// <summary>A client that edits shared records, records of its own and counters, and sends every batch twice at the same time, to two instances.</summary>
internal sealed class BusyClient(int number, WireApi one, WireApi two)
{
    /// <summary>Counters that all clients add to, and nobody puts or deletes.</summary>
    public const int Counters = 2;

    private const int SharedRecords = 5;
    private const int OwnRecords = 3;

    private readonly WireClient _client = new($"client-{number}");
    private readonly Random _random = new(number);
    private readonly Dictionary<string, long> _revs = [];
    private int _marks;

    /// <summary>Everything sent, with the answer.</summary>
    public List<(WireBatch Batch, IReadOnlyList<JsonObject> Changes, WireAnswer Answer)> Sent { get; } = [];

    /// <summary>The key of a counter.</summary>
    public static string Counter(int index) => $"counter-{index}";

    /// <summary>Sends batches, one after the other.</summary>
    public async Task RunAsync(int batches)
    {
        for (var n = 1; n <= batches; n++)
        {
            var changes = Edits().ToList();
            var batch = _client.Batch($"b{n}", changes);
            var answers = await Task.WhenAll(one.PushToEndAsync(batch), two.PushToEndAsync(batch));
            Assert.Equal(Settled(answers[0]), Settled(answers[1]));
            Sent.Add((batch, changes, answers[0]));
            foreach (var (change, result) in changes.Zip(answers[0].Results))
                _revs[change["key"]!.GetValue<string>()] = result.GetProperty("rev").GetInt64();
        }
    }

    /// <summary>Sends everything again, and gets what it got.</summary>
    public async Task RepeatAsync()
    {
        foreach (var (batch, _, answer) in Sent)
        {
            Assert.Equal(Settled(answer), Settled(await one.PushToEndAsync(batch)));
            Assert.Equal(Settled(answer), Settled(await two.PushToEndAsync(batch)));
        }
    }

    /// <summary>What of an answer never changes: with a change that lost comes the record as it stands when it is asked for.</summary>
    private static IEnumerable<(long Seq, string Outcome)> Settled(WireAnswer answer)
    {
        Assert.Null(answer.Problem);
        return answer.Results.Select(result => (result.GetProperty("seq").GetInt64(), result.GetProperty("outcome").GetString()!)).ToList();
    }

    /// <summary>One edit of each record at most: then every edit that is taken has a rev of its own. Counters are added to as often as it comes.</summary>
    private IEnumerable<JsonObject> Edits()
    {
        foreach (var shared in Enumerable.Range(0, SharedRecords).Where(_ => _random.Next(2) == 0))
            yield return Edit($"shared-{shared}");
        foreach (var own in Enumerable.Range(0, OwnRecords).Where(_ => _random.Next(2) == 0))
            yield return Edit($"own-{number}-{own}");
        for (var n = _random.Next(4); n >= 0; n--)
        {
            var counter = Counter(_random.Next(Counters));
            yield return _client.Inc(counter, "n", 1, Base(counter));
        }
    }

    private JsonObject Edit(string key) => _random.Next(6) switch
    {
        0 => _client.Delete(key, Base(key)),
        1 or 2 => _client.Set(key, "by" + number, Mark(), Base(key)),
        3 => _client.Inc(key, "n", 1, Base(key)),
        _ => _client.Put(key, new { mark = Mark() }, Base(key)),
    };

    private long? Base(string key) => _revs.TryGetValue(key, out var rev) && rev > 0 ? rev : null;

    /// <summary>Text that no other edit writes.</summary>
    private string Mark() => $"{_client.ClientId}/{++_marks}";
}
