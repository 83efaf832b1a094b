using System.Text;
using MyriadSync.ConformanceTests.Support;
using MyriadSync.DevStack;
using MyriadSync.MyriadEmulator.Faults;
using MyriadSync.ReliabilityTests.Load;

namespace MyriadSync.ReliabilityTests.Kills;

/// <summary>Takes away what the app stands on, until a client has noticed and the app was killed in the middle of it.</summary>
public sealed class Outages(LocalStack stack, Tally tally, Killer killer)
{
    /// <summary>The storage account stops, and comes back with all that it acknowledged.</summary>
    public async Task RestartStorageAsync(CancellationToken cancellationToken)
    {
        var noticed = tally.MoreAsync(Happening.StorageUnavailable, 1, cancellationToken);
        await stack.Azurite.StopAsync();
        await noticed;
        await killer.KillNowAsync(cancellationToken);
        await stack.Azurite.StartAsync(cancellationToken);
    }

    /// <summary>The cluster's gateway answers 503.</summary>
    public async Task RefuseAtClusterAsync(CancellationToken cancellationToken)
    {
        var noticed = tally.MoreAsync(Happening.WaitingForCluster, 1, cancellationToken);
        stack.Emulator!.Faults.Add(new FaultRule { Action = FaultAction.Answer, Side = EmulatorSide.HBase });
        await noticed;
        await killer.KillNowAsync(cancellationToken);
        stack.Emulator.Faults.Reset();
    }

    /// <summary>The cluster misbehaves, as it is told over HTTP, until so much more of something has happened.</summary>
    /// <param name="faults">The faults, JSON as the emulator's README shows.</param>
    /// <param name="happening">What is waited for.</param>
    /// <param name="count">How often it has to happen.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task MisbehaveAsync(string faults, string happening, int count, CancellationToken cancellationToken)
    {
        var board = new Uri(stack.HBaseAddress, "/_emulator/faults");
        using var client = new HttpClient();
        using var body = new StringContent(faults, Encoding.UTF8, "application/json");
        var enough = tally.MoreAsync(happening, count, cancellationToken);
        using var set = await client.PutAsync(board, body, cancellationToken);
        set.EnsureSuccessStatusCode();
        await enough;
        using var cleared = await client.DeleteAsync(board, cancellationToken);
        cleared.EnsureSuccessStatusCode();
    }

    /// <summary>The region server dies behind its gateway, and comes back with all that it acknowledged once a client has noticed.</summary>
    public async Task KillRegionServerAsync(HBaseProcess hbase, CancellationToken cancellationToken)
    {
        var noticed = tally.MoreAsync(Happening.WaitingForCluster, 1, cancellationToken);
        hbase.KillServer();
        await noticed;
        await hbase.RestartAsync(cancellationToken);
    }

    /// <summary>Lets the clients get on for a while.</summary>
    public Task PauseAsync(int batches, CancellationToken cancellationToken) => tally.MoreAsync(Happening.Settled, batches, cancellationToken);
}
