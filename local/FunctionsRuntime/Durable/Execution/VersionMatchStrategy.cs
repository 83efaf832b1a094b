namespace MyriadSync.FunctionsRuntime.Durable.Execution;

/// <summary>Which versions of instances a host runs (host.json <c>versionMatchStrategy</c>).</summary>
internal enum VersionMatchStrategy
{
    /// <summary>All.</summary>
    None,

    /// <summary>Its own only.</summary>
    Strict,

    /// <summary>Its own and older ones.</summary>
    CurrentOrOlder,
}
