namespace MyriadSync.Contracts;

/// <summary>What of a dataset an asker gets to see.</summary>
public sealed record ReadScope
{
    /// <summary>Everything that there is.</summary>
    public static ReadScope All { get; } = new();

    /// <summary>The stores asked for; null: all.</summary>
    public IReadOnlyList<string>? Only { get; init; }

    /// <summary>Stores that the asker may not read. What is in them does not exist for them.</summary>
    public IReadOnlyCollection<string> Hidden { get; init; } = [];

    /// <summary>The asker may read no store at all.</summary>
    public bool Nothing { get; init; }

    /// <summary>The app's schema version that they want records in; 0: the current one.</summary>
    public int SchemaVersion { get; init; }

    /// <summary>Whether records of the store are shown.</summary>
    public bool Shows(string store) => !Nothing && !Hidden.Contains(store) && Only?.Contains(store) != false;
}
