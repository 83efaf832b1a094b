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
}
