namespace Microsoft.DurableTask.Client;

/// <summary>How to terminate.</summary>
/// <param name="Output">Output of the terminated instance.</param>
/// <param name="Recursive">Without effect: there are no sub-orchestrations.</param>
public record TerminateInstanceOptions(object? Output = null, bool Recursive = false);
