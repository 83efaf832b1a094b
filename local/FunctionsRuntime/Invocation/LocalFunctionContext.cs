using System.Security.Cryptography;
using Microsoft.Azure.Functions.Worker;

namespace MyriadSync.FunctionsRuntime.Invocation;

/// <summary>One invocation. What few functions use is made when it is asked for.</summary>
internal sealed class LocalFunctionContext(FunctionDefinition definition, IServiceProvider services, CancellationToken cancellationToken) : FunctionContext
{
    private readonly BindingContext _binding = LocalBindingContext.Empty;
    private string? _invocationId;
    private IDictionary<object, object>? _items;
    private IInvocationFeatures? _features;

    public override string InvocationId => _invocationId ??= new Guid(RandomNumberGenerator.GetBytes(16)).ToString();

    public override string FunctionId => FunctionDefinition.Id;

    public override TraceContext TraceContext => Trace;

    public override BindingContext BindingContext => _binding;

    public override IServiceProvider InstanceServices { get; set; } = services;

    public override FunctionDefinition FunctionDefinition { get; } = definition;

    public override IDictionary<object, object> Items
    {
        get => _items ??= new Dictionary<object, object>();
        set => _items = value;
    }

    public override IInvocationFeatures Features => _features ??= new InvocationFeatures();

    public override CancellationToken CancellationToken { get; } = cancellationToken;

    /// <summary>Trace that the invocation belongs to.</summary>
    public TraceContext Trace { get; init; } = LocalTraceContext.None;

    /// <summary>Trigger metadata by name.</summary>
    public IReadOnlyDictionary<string, object?> Data { init => _binding = new LocalBindingContext(value); }

    /// <summary>What the trigger hands to its parameter: a request, a message, an input.</summary>
    public object? TriggerValue { get; init; }

    /// <summary>What the function returned, once it has.</summary>
    public object? Result { get; set; }
}
