namespace MyriadSync.Contracts;

/// <summary>What a probe found.</summary>
/// <param name="Up">It answers.</param>
/// <param name="Reason">A stable code (kebab-case) of why it is down; shown to whoever asks, so no address and no message of a library.</param>
public readonly record struct ProbeResult(bool Up, string? Reason = null)
{
    /// <summary>It answers.</summary>
    public static ProbeResult Fine => new(true);
}
