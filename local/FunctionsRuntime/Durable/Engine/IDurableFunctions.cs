using MyriadSync.FunctionsRuntime.Durable.History;

namespace MyriadSync.FunctionsRuntime.Durable.Engine;

/// <summary>The app's orchestrators and activities, as the engine sees them.</summary>
internal interface IDurableFunctions
{
    /// <summary>Prepares an orchestrator for one execution in memory; null if the app has none of that name.</summary>
    OrchestratorInstance? CreateOrchestrator(string name);

    /// <summary>Runs a turn of an orchestrator inside the app's middleware.</summary>
    Task RunTurnAsync(OrchestrationRecord record, Action turn);

    /// <summary>Runs an activity; its result as JSON. Whatever it throws is its failure.</summary>
    Task<string?> RunActivityAsync(ActivityWork work, CancellationToken cancellationToken);
}
