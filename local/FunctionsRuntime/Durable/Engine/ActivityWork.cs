using MyriadSync.FunctionsRuntime.Durable.History;

namespace MyriadSync.FunctionsRuntime.Durable.Engine;

/// <summary>A call of an activity that is to be carried out.</summary>
/// <param name="Instance">Who called it.</param>
/// <param name="Execution">In which execution.</param>
/// <param name="TaskId">As which task.</param>
/// <param name="Name">Name of the activity.</param>
/// <param name="Input">Input as JSON.</param>
/// <param name="Record">The instance when the call was committed.</param>
internal sealed record ActivityWork(OrchestrationInstance Instance, long Execution, int TaskId, string Name, string? Input, OrchestrationRecord Record);
