using Microsoft.DurableTask;

namespace MyriadSync.FunctionsRuntime.Invocation;

/// <summary>What an orchestrator is called with.</summary>
/// <param name="Context">Its context.</param>
/// <param name="Input">Its input as JSON.</param>
internal sealed record OrchestrationTriggerValue(TaskOrchestrationContext Context, string? Input);
