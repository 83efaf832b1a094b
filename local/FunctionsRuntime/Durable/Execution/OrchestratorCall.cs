namespace MyriadSync.FunctionsRuntime.Durable.Execution;

/// <summary>An orchestrator that has been called.</summary>
/// <param name="Task">Its task; null if it is not asynchronous.</param>
/// <param name="Result">Reads its result once the task has ended well.</param>
internal readonly record struct OrchestratorCall(Task? Task, Func<object?> Result);
