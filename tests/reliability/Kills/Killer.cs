using MyriadSync.DevStack;
using MyriadSync.ReliabilityTests.Load;

namespace MyriadSync.ReliabilityTests.Kills;

/// <summary>Kills the app at moments that nobody chose, and starts it again on what it left.</summary>
public sealed class Killer(LocalStack stack, Tally tally, Random random)
{
    private const int MostBatchesBetween = 9;
    private const int MostMsBetween = 50;

    /// <summary>Rounds that are over.</summary>
    public int Kills { get; private set; }

    /// <summary>Kills once.</summary>
    public async Task KillAsync(CancellationToken cancellationToken)
    {
        await tally.MoreAsync(Happening.Settled, random.Next(MostBatchesBetween + 1), cancellationToken);
        await KillNowAsync(cancellationToken);
    }

    /// <summary>Kills once, whether anything gets on or not.</summary>
    public async Task KillNowAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(random.Next(MostMsBetween + 1), cancellationToken);
        stack.KillApp();
        await stack.StartAppAsync(cancellationToken);
        Kills++;
    }
}
