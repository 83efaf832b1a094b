using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using MyriadSync.FunctionsRuntime.Queues;

namespace MyriadSync.FunctionsRuntime.Invocation;

/// <summary>Decides at start how each parameter of a function gets its value.</summary>
internal sealed class ParameterBinding(DataConverter converter, JsonSerializerOptions json, Func<DurableTaskClient> client)
{
    /// <summary>How a parameter is bound.</summary>
    /// <exception cref="FunctionAppException">It cannot be.</exception>
    public Func<LocalFunctionContext, object?> For(string function, TriggerKind kind, ParameterInfo parameter, bool isTrigger)
    {
        var type = parameter.ParameterType;
        if (isTrigger)
            return Trigger(function, kind, parameter);
        if (parameter.IsDefined(typeof(DurableClientAttribute)))
            return type == typeof(DurableTaskClient) ? _ => client() : throw Unbindable(function, parameter, "[DurableClient] needs a DurableTaskClient");
        if (type == typeof(FunctionContext))
            return static context => context;
        if (type == typeof(CancellationToken))
            return static context => context.CancellationToken;
        if (kind == TriggerKind.Orchestration)
            return context => converter.Deserialize(((OrchestrationTriggerValue)context.TriggerValue!).Input, type) ?? Default(type);
        if (kind is TriggerKind.Timer)
            throw Unbindable(function, parameter, "a timer function has nothing to bind it to");
        return context => FromBindingData(context, parameter);
    }

    private Func<LocalFunctionContext, object?> Trigger(string function, TriggerKind kind, ParameterInfo parameter)
    {
        var type = parameter.ParameterType;
        return kind switch
        {
            TriggerKind.Http when type == typeof(HttpRequest) => static context => context.TriggerValue,
            TriggerKind.Http => throw Unbindable(function, parameter, "[HttpTrigger] needs an HttpRequest"),
            TriggerKind.Queue => context => QueueMessageBinding.Bind((ReceivedMessage)context.TriggerValue!, type, json),
            TriggerKind.Timer when type == typeof(TimerInfo) => static context => context.TriggerValue,
            TriggerKind.Timer => throw Unbindable(function, parameter, "[TimerTrigger] needs a TimerInfo"),
            TriggerKind.Orchestration when type == typeof(TaskOrchestrationContext) => static context => ((OrchestrationTriggerValue)context.TriggerValue!).Context,
            TriggerKind.Orchestration => throw Unbindable(function, parameter, "[OrchestrationTrigger] needs a TaskOrchestrationContext"),
            _ => context => converter.Deserialize((string?)context.TriggerValue, type) ?? Default(type),
        };
    }

    private static object? FromBindingData(LocalFunctionContext context, ParameterInfo parameter)
    {
        if (context.BindingContext.BindingData.TryGetValue(parameter.Name!, out var value) && value is not null)
            return BindingDataConverter.Convert(value, parameter.ParameterType);
        return parameter.HasDefaultValue ? parameter.DefaultValue : Default(parameter.ParameterType);
    }

    private static object? Default(Type type) => type.IsValueType && Nullable.GetUnderlyingType(type) is null ? Activator.CreateInstance(type) : null;

    private static FunctionAppException Unbindable(string function, ParameterInfo parameter, string reason) =>
        new($"Function '{function}': parameter '{parameter.Name}' of type {parameter.ParameterType.Name} cannot be bound: {reason}.");
}
