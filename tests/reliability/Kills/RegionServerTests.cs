using MyriadSync.ConformanceTests.Support;

namespace MyriadSync.ReliabilityTests.Kills;

/// <summary>A real HBase whose region server dies under load.</summary>
public sealed class RegionServerTests
{
    private const int Batches = 80;
    private const int BatchesBetween = 15;
    private const int Clients = 4;
    private const int Kills = 2;
    private const string Dataset = "regions";

    /// <summary>Far above what it takes on a busy machine: only a standstill gets there.</summary>
    private const int StandstillMs = 15 * 60_000;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    [Fact(Timeout = StandstillMs)]
    public async Task Load_RegionServerIsKilled_LogAndHBaseAreEqualAndNothingAcknowledgedIsMissing()
    {
        var cancel = TestContext.Current.CancellationToken;
        var script = HBaseProcess.Script;
        Assert.SkipWhen(script is null, $"No real HBase: {SharedFolder.HowToHaveIt} that holds hbase/run.sh.");
        Assert.SkipUnless(await JavaRuntime.IsThereAsync(), "No real HBase: hbase/run.sh needs a `java` of version 17 on the path.");
        await using var hbase = await HBaseProcess.StartAsync(script!, cancel);
        await using var run = await LoadRun.StartAsync(Dataset, Clients, Seeds.Next(), hbase.Address, cancel);

        await run.LoadAsync(Batches, async (_, outages, cancellationToken) =>
        {
            for (var kill = 0; kill < Kills; kill++)
            {
                await outages.PauseAsync(BatchesBetween, cancellationToken);
                await outages.KillRegionServerAsync(hbase, cancellationToken);
            }

            await outages.PauseAsync(BatchesBetween, cancellationToken);
        }, cancel);
        var wrong = await run.FaultsAsync(Patience, cancel);

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }
}
