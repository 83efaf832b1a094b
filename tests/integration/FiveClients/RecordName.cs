namespace MyriadSync.IntegrationTests.FiveClients;

/// <summary>A record.</summary>
/// <param name="Store">Its store.</param>
/// <param name="Key">Its key as JSON on the wire.</param>
internal readonly record struct RecordName(string Store, string Key)
{
    /// <summary>Nobody deletes it, or takes its counters and sets away: they must come out exact.</summary>
    public bool IsCounted => Key.StartsWith("\"count", StringComparison.Ordinal);

    public override string ToString() => Store + Key;
}
