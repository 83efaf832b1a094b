using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace MyriadSync.FunctionsRuntime.Invocation;

/// <summary>A function of the app.</summary>
internal sealed record FunctionDescriptor
{
    /// <summary>What the app sees of it.</summary>
    public required FunctionDefinition Definition { get; init; }

    /// <summary>What starts it.</summary>
    public required TriggerKind Kind { get; init; }

    /// <summary>The attribute of its trigger.</summary>
    public required TriggerBindingAttribute Trigger { get; init; }

    /// <summary>Type of the trigger's parameter.</summary>
    public required Type TriggerType { get; init; }

    /// <summary>Calls it.</summary>
    public required FunctionMethod Method { get; init; }

    /// <summary>Where its result goes, if it says so.</summary>
    public QueueOutputAttribute? Output { get; init; }

    /// <summary>Name of the function.</summary>
    public string Name => Definition.Name;
}
