namespace Microsoft.DurableTask.Client;

/// <summary>How to purge.</summary>
/// <param name="Recursive">Without effect: there are no sub-orchestrations.</param>
public record PurgeInstanceOptions(bool Recursive = false);
