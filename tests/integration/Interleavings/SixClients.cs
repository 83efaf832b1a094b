using MyriadSync.ChangeLog;
using MyriadSync.Contracts;
using MyriadSync.Contracts.Keys;

namespace MyriadSync.IntegrationTests.Interleavings;

/// <summary>Six clients push at the same time to the same and to different records, through two instances, each batch twice at once and again afterwards.</summary>
public abstract class SixClients(SharedAzurite azurite)
{
    private const int Clients = 6;
    private const int BatchesEach = 8;
    private const int Snapshots = 3;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    // Of this run alone: a cluster that was here before may have the rows of earlier ones.
    private readonly string _dataset = $"six-{Guid.NewGuid():N}";

    [Fact]
    public async Task Push_SixClientsEachBatchTwice_EveryChangeIsThereOnce()
    {
        await using var x = await GatedApp.StartAsync(azurite, hbase: Gateway());
        await using var y = await GatedApp.StartAsync(azurite, beside: x);
        var (throughX, throughY) = (x.Api(_dataset), y.Api(_dataset));
        var clients = Enumerable.Range(1, Clients).Select(number => new BusyClient(number, throughX, throughY)).ToList();

        var loading = LoadAsync(throughX);
        await Task.WhenAll(clients.Select(client => client.RunAsync(BatchesEach)));
        var replicas = await loading;
        var segments = await LogAsync(x.OpenLog());
        await Task.WhenAll(clients.Select(client => client.RepeatAsync()));

        var entries = segments.SelectMany(segment => segment.Entries.Select(entry => (Entry: entry, segment.ClientId, segment.BatchId))).ToList();
        Assert.Equal(Enumerable.Range(1, entries.Count).Select(rev => (long)rev), entries.Select(entry => entry.Entry.Rev));
        Assert.Equal(entries.Count, (await LogAsync(x.OpenLog())).Sum(segment => segment.Entries.Count));
        Assert.Equal(segments.Count, segments.Select(segment => (segment.ClientId, segment.BatchId)).Distinct().Count());
        AssertAcknowledged(clients, entries.ToDictionary(entry => entry.Entry.Rev));
        await AssertCopiesAsync(Fold(entries.Select(entry => entry.Entry)), x.Cluster, replicas, throughY);
        Assert.Equal(entries.Count, (await x.OpenLog().ReadAppliedAsync(_dataset, Cancel)).Seq);
    }

    /// <summary>A real gateway; null: the emulator.</summary>
    protected abstract Uri? Gateway();

    /// <summary>Every edit that was taken is the entry that its answer names; the counters hold just what was acknowledged.</summary>
    private static void AssertAcknowledged(List<BusyClient> clients, Dictionary<long, (LogEntry Entry, string ClientId, string BatchId)> entries)
    {
        var taken = clients.SelectMany(client => client.Sent)
            .SelectMany(sent => sent.Changes.Zip(sent.Answer.Results, (change, result) => (sent.Batch, Op: change["op"]!.GetValue<string>(), Key: change["key"]!.GetValue<string>(), Result: result)))
            .Where(sent => sent.Result.GetProperty("outcome").GetString() is "applied" or "merged" && sent.Op != "delete")
            .ToList();
        var made = entries.Values.Select(Author).ToHashSet();
        foreach (var (batch, _, key, result) in taken)
        {
            var edit = (batch.ClientId, batch.BatchId, Keys.Of(key));
            Assert.Contains(edit, made);
            // With a merged edit comes the record as it stands, which may be newer.
            if (result.GetProperty("outcome").GetString() == "applied")
                Assert.Equal(edit, Author(entries[result.GetProperty("rev").GetInt64()]));
        }

        for (var n = 0; n < BusyClient.Counters; n++)
        {
            var counter = BusyClient.Counter(n);
            var last = entries.Values.Last(entry => entry.Entry.Key == Keys.Of(counter)).Entry;
            var added = taken.Count(edit => edit.Key == counter);
            Assert.NotEqual(0, added);
            Assert.Equal($$"""{"n":{{added}}}""", Keys.Json(last.Value!));
        }
    }

    private static (string ClientId, string BatchId, RecordKey Key) Author((LogEntry Entry, string ClientId, string BatchId) entry) =>
        (entry.ClientId, entry.BatchId, entry.Entry.Key);

    /// <summary>The cluster, and those who loaded a snapshot meanwhile and pulled the rest, have what the log says.</summary>
    private async Task AssertCopiesAsync(IReadOnlyDictionary<string, (long Rev, string Value)> truth, ClusterView cluster, List<Replica> replicas, WireApi api)
    {
        Assert.Equal(truth, cluster.Alive(_dataset).ToDictionary(pair => Keys.Json(pair.Key.Key), pair => (pair.Value.Rev, Keys.Json(pair.Value.Value!))));
        foreach (var replica in replicas)
        {
            await replica.PullAsync(api, 20);
            Assert.Equal(truth, replica.Alive);
        }
    }

    private static async Task<List<Replica>> LoadAsync(WireApi api)
    {
        var replicas = new List<Replica>();
        for (var n = 0; n < Snapshots; n++)
        {
            replicas.Add(new Replica());
            await replicas[n].LoadAsync(api, 4);
        }

        return replicas;
    }

    private async Task<IReadOnlyList<Segment>> LogAsync(IChangeLog log)
    {
        var head = await log.ReadHeadAsync(_dataset, Cancel);
        return (await log.ReadSegmentsAsync(_dataset, 0, head!.Seq, int.MaxValue, Cancel))!;
    }

    private static Dictionary<string, (long Rev, string Value)> Fold(IEnumerable<LogEntry> entries)
    {
        var records = new Dictionary<string, LogEntry>();
        foreach (var entry in entries)
            records[Keys.Json(entry.Key)] = entry;
        return records.Where(pair => !pair.Value.IsTombstone).ToDictionary(pair => pair.Key, pair => (pair.Value.Rev, Keys.Json(pair.Value.Value!)));
    }
}
