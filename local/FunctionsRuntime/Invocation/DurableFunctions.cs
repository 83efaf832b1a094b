using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.DurableTask;
using Microsoft.Extensions.DependencyInjection;
using MyriadSync.FunctionsRuntime.Durable.Engine;
using MyriadSync.FunctionsRuntime.Durable.Execution;
using MyriadSync.FunctionsRuntime.Durable.History;

namespace MyriadSync.FunctionsRuntime.Invocation;

/// <summary>The app's orchestrators and activities.</summary>
internal sealed class DurableFunctions(FunctionCatalog catalog, FunctionInvoker invoker, DataConverter converter, IServiceProvider services) : IDurableFunctions
{
    private readonly ConcurrentDictionary<FunctionDescriptor, FunctionExecutionDelegate> _activities = new();

    public OrchestratorInstance? CreateOrchestrator(string name)
    {
        if (catalog.Find(TriggerKind.Orchestration, name) is not { } function)
            return null;
        var scope = function.Method.NeedsInstance ? services.CreateAsyncScope() : (AsyncServiceScope?)null;
        return new(context => Call(function, context, scope?.ServiceProvider ?? services), scope);
    }

    public async Task RunTurnAsync(OrchestrationRecord record, Action turn)
    {
        if (!invoker.HasMiddleware || catalog.Find(TriggerKind.Orchestration, record.Name) is not { } function)
        {
            turn();
            return;
        }

        await using var scope = services.CreateAsyncScope();
        var context = new LocalFunctionContext(function.Definition, scope.ServiceProvider, CancellationToken.None)
        {
            Trace = new LocalTraceContext(record.TraceParent, null),
            Data = new Dictionary<string, object?> { ["instanceId"] = record.Id },
        };
        await FunctionInvoker.RunAsync(
            invoker.Compose(_ =>
            {
                turn();
                return Task.CompletedTask;
            }),
            context);
    }

    public async Task<string?> RunActivityAsync(ActivityWork work, CancellationToken cancellationToken)
    {
        var function = catalog.Find(TriggerKind.Activity, work.Name)
            ?? throw new InvalidOperationException($"The app has no activity named '{work.Name}'.");
        await using var scope = services.CreateAsyncScope();
        var context = new LocalFunctionContext(function.Definition, scope.ServiceProvider, cancellationToken)
        {
            Trace = new LocalTraceContext(work.Record.TraceParent, null),
            Data = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase) { ["instanceId"] = work.Record.Id },
            TriggerValue = work.Input,
        };
        await FunctionInvoker.RunAsync(_activities.GetOrAdd(function, invoker.Compose), context);
        return converter.Serialize(context.Result);
    }

    [SuppressMessage("Design", "CA1031", Justification = "What an orchestrator throws before its first await is its outcome, as it is later.")]
    private static OrchestratorCall Call(FunctionDescriptor function, TaskOrchestrationContext orchestration, IServiceProvider services)
    {
        var context = new LocalFunctionContext(function.Definition, services, CancellationToken.None)
        {
            TriggerValue = new OrchestrationTriggerValue(orchestration, ((OrchestrationExecution)orchestration).SerializedInput),
        };
        try
        {
            var returned = function.Method.Call(context);
            return new(FunctionMethod.TaskOf(returned), () => function.Method.ResultOf(returned));
        }
        catch (Exception exception)
        {
            return new(Task.FromException(exception), static () => null);
        }
    }
}
