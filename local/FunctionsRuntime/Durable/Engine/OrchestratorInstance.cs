using Microsoft.DurableTask;
using MyriadSync.FunctionsRuntime.Durable.Execution;

namespace MyriadSync.FunctionsRuntime.Durable.Engine;

/// <summary>An orchestrator, ready for one execution in memory.</summary>
/// <param name="Call">Calls it.</param>
/// <param name="Scope">The services that it lives on.</param>
internal sealed record OrchestratorInstance(Func<TaskOrchestrationContext, OrchestratorCall> Call, IAsyncDisposable? Scope);
