namespace MyriadSync.ReliabilityTests.Kills;

/// <summary>
/// Several clients push while the app, a process of its own, is killed between any two instructions. Afterwards everything that was acknowledged is
/// there once: in the log, on the cluster, and with whoever reads. <c>MYRIADSYNC_SEED</c> makes the same edits and pauses again; what meets what is
/// up to the machine.
/// </summary>
public sealed class KillTests
{
    private const int Batches = 200;
    private const int Kills = 20;
    private const int Clients = 4;
    private const string Dataset = "kills";
    private const int ShownFaults = 40;

    /// <summary>Far above what it takes on a busy machine: only a standstill gets there.</summary>
    private const int StandstillMs = 20 * 60_000;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    [Fact(Timeout = StandstillMs)]
    public async Task Load_AppIsKilledTwentyTimes_EveryAcknowledgedChangeIsThereOnce()
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var run = await LoadRun.StartAsync(Dataset, Clients, Seeds.Next(), hbase: null, cancel);

        await run.LoadAsync(Batches, async (killer, _, cancellationToken) =>
        {
            while (killer.Kills < Kills)
                await killer.KillAsync(cancellationToken);
        }, cancel);
        var faults = await run.FaultsAsync(Patience, cancel);

        Assert.True(faults.Count == 0, $"{faults.Count} faults:\n" + string.Join('\n', faults.Take(ShownFaults)));
    }

    [Fact(Timeout = StandstillMs)]
    public async Task Load_StorageRestartsAndClusterRefusesBetweenKills_EveryAcknowledgedChangeIsThereOnce()
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var run = await LoadRun.StartAsync(Dataset, Clients, Seeds.Next(), hbase: null, cancel);

        await run.LoadAsync(Batches, async (killer, outages, cancellationToken) =>
        {
            while (killer.Kills < Kills)
            {
                await killer.KillAsync(cancellationToken);
                if (killer.Kills == Kills / 3)
                    await outages.RestartStorageAsync(cancellationToken);
                if (killer.Kills == Kills * 2 / 3)
                    await outages.RefuseAtClusterAsync(cancellationToken);
            }
        }, cancel);
        var faults = await run.FaultsAsync(Patience, cancel);

        Assert.True(faults.Count == 0, $"{faults.Count} faults:\n" + string.Join('\n', faults.Take(ShownFaults)));
    }
}
