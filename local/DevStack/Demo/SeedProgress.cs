namespace MyriadSync.DevStack.Demo;

/// <summary>How far the demo's data is.</summary>
internal sealed record SeedProgress
{
    /// <summary><c>waiting</c>, <c>loading</c>, <c>done</c> or <c>failed</c>.</summary>
    public required string State { get; init; }

    /// <summary>Cities on the server.</summary>
    public int Loaded { get; init; }

    /// <summary>Cities in all; 0 while that is not known.</summary>
    public int Total { get; init; }

    /// <summary>Why it failed.</summary>
    public string? Detail { get; init; }
}
