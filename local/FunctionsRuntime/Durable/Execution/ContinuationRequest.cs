namespace MyriadSync.FunctionsRuntime.Durable.Execution;

/// <summary>The orchestrator asked to start anew.</summary>
/// <param name="Input">Input of the new execution, as JSON.</param>
internal sealed record ContinuationRequest(string? Input);
