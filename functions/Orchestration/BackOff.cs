namespace MyriadSync.Orchestration;

/// <summary>Pauses between tries. Pure: the jitter comes from the caller, because an orchestrator must decide the same on every replay.</summary>
internal static class BackOff
{
    /// <summary>The longest pause before a commit (DESIGN 6).</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    private const double FirstSeconds = 0.5;
    private const int MaxDoublings = 10;

    /// <summary>The pause before try <paramref name="tries"/> + 1: doubling from half a second, between half and all of it.</summary>
    public static TimeSpan Pause(int tries, Guid jitter)
    {
        var full = Math.Min(FirstSeconds * Math.Pow(2, Math.Min(tries, MaxDoublings)), Longest.TotalSeconds);
        return TimeSpan.FromSeconds(full * (0.5 + (jitter.ToByteArray()[0] / 512.0)));
    }
}
