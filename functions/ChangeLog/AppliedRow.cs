namespace MyriadSync.ChangeLog;

/// <summary>Row <c>applied</c>: every segment up to <see cref="Seq"/> is on the cluster, or held.</summary>
internal sealed record AppliedRow
{
    /// <summary>The dataset has no such row yet.</summary>
    public static AppliedRow None { get; } = new() { Seq = 0, Held = 0, ETag = null };

    /// <summary>Everything up to here is on the cluster.</summary>
    public required long Seq { get; init; }

    /// <summary>How many records the cluster refuses; 0 saves their query.</summary>
    public required int Held { get; init; }

    /// <summary>The row's ETag; null when there is no row.</summary>
    public required string? ETag { get; init; }
}
