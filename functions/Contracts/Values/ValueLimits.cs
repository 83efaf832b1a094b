namespace MyriadSync.Contracts.Values;

/// <summary>How large a value may be.</summary>
public sealed record ValueLimits
{
    /// <summary>The limits that hold unless configured otherwise.</summary>
    public static ValueLimits Default { get; } = new();

    /// <summary>For what was within its limits when it came in: whatever is made of it is judged later, as a whole.</summary>
    internal static ValueLimits None { get; } = new() { MaxDepth = int.MaxValue, MaxBytes = int.MaxValue };

    /// <summary>
    /// Most levels of nested containers (objects, arrays, maps, sets); a value without containers has none. Reading recurses this deep: keep it below 1,000.
    /// </summary>
    public int MaxDepth { get; init; } = 64;

    /// <summary>Most bytes of the canonical form.</summary>
    public int MaxBytes { get; init; } = 256 * 1024;
}
