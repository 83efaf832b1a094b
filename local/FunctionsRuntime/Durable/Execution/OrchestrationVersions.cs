namespace MyriadSync.FunctionsRuntime.Durable.Execution;

/// <summary>Compares versions of orchestrations.</summary>
internal static class OrchestrationVersions
{
    /// <summary>Below zero if <paramref name="left"/> is older. Empty is oldest; dotted numbers compare as such, anything else as text without case.</summary>
    public static int Compare(string? left, string? right)
    {
        var leftEmpty = string.IsNullOrWhiteSpace(left);
        var rightEmpty = string.IsNullOrWhiteSpace(right);
        if (leftEmpty || rightEmpty)
            return rightEmpty.CompareTo(leftEmpty);
        return System.Version.TryParse(left, out var a) && System.Version.TryParse(right, out var b)
            ? a.CompareTo(b)
            : string.Compare(left, right, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Whether a host of one version may run an instance of another.</summary>
    public static bool CanRun(VersionMatchStrategy strategy, string hostVersion, string instanceVersion) => strategy switch
    {
        VersionMatchStrategy.Strict => Compare(instanceVersion, hostVersion) == 0,
        VersionMatchStrategy.CurrentOrOlder => Compare(instanceVersion, hostVersion) <= 0,
        _ => true,
    };
}
