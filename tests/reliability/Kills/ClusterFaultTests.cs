using MyriadSync.ReliabilityTests.Load;

namespace MyriadSync.ReliabilityTests.Kills;

/// <summary>
/// Several clients push while the cluster misbehaves in one of the ways that real ones do. Nothing is lost, nothing doubled, no record taken for absent,
/// and the cluster catches up.
/// </summary>
public sealed class ClusterFaultTests
{
    private const int Batches = 40;
    private const int Clients = 4;
    private const string Dataset = "faults";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private static readonly Dictionary<string, string> Faults = new()
    {
        // Every so many-th request; the others get through.
        ["slow"] = """{"rules":[{"action":"delay","delayMs":400,"side":"hBase","every":4}]}""",
        ["writes that land late"] = """{"rules":[{"action":"delay","delayMs":2500,"method":"PUT","side":"hBase","every":5}]}""",
        ["503"] = """{"rules":[{"action":"answer","status":503,"body":"Unavailable\r\norg.apache.hadoop.hbase.client.RetriesExhaustedException: Failed after attempts=2\r\n","side":"hBase","every":3}]}""",
        ["500"] = """{"rules":[{"action":"answer","status":500,"body":"{\"servlet\":\"x\",\"message\":\"Request failed.\",\"url\":\"/\",\"status\":\"500\"}","side":"hBase","every":5}]}""",
        ["504"] = """{"rules":[{"action":"answer","status":504,"body":"","side":"hBase","every":3}]}""",
        ["resets"] = """{"rules":[{"action":"reset","side":"hBase","every":3}]}""",
        ["lost replies"] = """{"rules":[{"action":"dropReply","side":"hBase","every":3}]}""",
        ["answers cut short"] = """{"rules":[{"action":"cutReply","side":"hBase","every":3}]}""",
        ["hangs"] = """{"rules":[{"action":"hang","side":"hBase","every":9}]}""",
        ["hangs after the effect"] = """{"rules":[{"action":"hangAfterEffect","side":"hBase","every":9}]}""",
        ["partial writes"] = """{"rules":[{"action":"partialWrite","method":"PUT","side":"hBase","every":2}]}""",
        // Nothing gets through.
        ["down behind the gateway"] = """{"clusterDownAfterMs":300}""",
        ["down behind a slow gateway"] = """{"clusterDownAfterMs":3000}""",
        ["unreachable"] = """{"hBaseUnreachable":true}""",
        ["frozen"] = """{"rules":[{"action":"hang","side":"hBase"}]}""",
    };

    /// <summary>Ways to misbehave now and then.</summary>
    public static TheoryData<string> Modes =>
        ["slow", "writes that land late", "503", "500", "504", "resets", "lost replies", "answers cut short", "hangs", "hangs after the effect", "partial writes"];

    /// <summary>Ways to be away altogether.</summary>
    public static TheoryData<string> Outages => ["down behind the gateway", "down behind a slow gateway", "unreachable", "frozen"];

    [Theory]
    [MemberData(nameof(Modes))]
    public Task Load_ClusterMisbehaves_EveryAcknowledgedChangeIsThereOnce(string mode) => LoadAsync(Faults[mode], Happening.Settled, Batches / 2);

    [Theory]
    [MemberData(nameof(Outages))]
    public Task Load_ClusterIsAway_EveryAcknowledgedChangeIsThereOnce(string mode) => LoadAsync(Faults[mode], Happening.WaitingForCluster, Clients);

    private static async Task LoadAsync(string faults, string happening, int count)
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var run = await LoadRun.StartAsync(Dataset, Clients, Seeds.Next(), hbase: null, cancel);

        await run.LoadAsync(Batches, async (_, outages, cancellationToken) =>
        {
            await outages.PauseAsync(Batches / 4, cancellationToken);
            await outages.MisbehaveAsync(faults, happening, count, cancellationToken);
        }, cancel);
        var wrong = await run.FaultsAsync(Patience, cancel);

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }
}
