using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace MyriadSync.FunctionsRuntime.Invocation;

/// <summary>The functions of the app, found by their attributes.</summary>
internal sealed class FunctionCatalog
{
    private const BindingFlags AnyMethod = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private readonly Dictionary<(TriggerKind Kind, string Name), FunctionDescriptor> _byName;

    private FunctionCatalog(IReadOnlyList<FunctionDescriptor> all)
    {
        All = all;
        _byName = all.ToDictionary(f => (f.Kind, f.Name.ToUpperInvariant()));
    }

    /// <summary>All of them.</summary>
    public IReadOnlyList<FunctionDescriptor> All { get; }

    /// <summary>Finds them in classes.</summary>
    /// <exception cref="FunctionAppException">One is declared wrongly, or two have the same name.</exception>
    public static FunctionCatalog Discover(IEnumerable<Type> types, ParameterBinding binding)
    {
        var all = types
            .Where(t => t.IsClass && !t.ContainsGenericParameters)
            .SelectMany(t => t.GetMethods(AnyMethod))
            .Select(m => (Method: m, Function: m.GetCustomAttribute<FunctionAttribute>()))
            .Where(f => f.Function is not null)
            .Select(f => Describe(f.Method, f.Function!.Name, binding))
            .OrderBy(f => f.Name, StringComparer.Ordinal)
            .ToList();
        var twice = all.GroupBy(f => f.Name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(g => g.Count() > 1);
        return twice is null
            ? new(all)
            : throw new FunctionAppException($"Function '{twice.Key}' is declared more than once: {string.Join(", ", twice.Select(f => f.Definition.EntryPoint))}.");
    }

    /// <summary>Those of a kind.</summary>
    public IEnumerable<FunctionDescriptor> Of(TriggerKind kind) => All.Where(f => f.Kind == kind);

    /// <summary>One by its name, without regard to case.</summary>
    public FunctionDescriptor? Find(TriggerKind kind, string name) => _byName.GetValueOrDefault((kind, name.ToUpperInvariant()));

    private static FunctionDescriptor Describe(MethodInfo method, string name, ParameterBinding binding)
    {
        var entryPoint = $"{method.DeclaringType!.FullName}.{method.Name}";
        var parameters = method.GetParameters();
        var triggers = parameters.Where(p => p.IsDefined(typeof(TriggerBindingAttribute))).ToList();
        if (triggers.Count != 1)
            throw new FunctionAppException($"Function '{name}' ({entryPoint}) needs one parameter with a trigger attribute; it has {triggers.Count}.");
        if (!method.IsStatic && method.DeclaringType.IsAbstract)
            throw new FunctionAppException($"Function '{name}' ({entryPoint}) is an instance method of an abstract class.");

        var trigger = triggers[0];
        var attribute = trigger.GetCustomAttribute<TriggerBindingAttribute>()!;
        var kind = KindOf(attribute);
        return new()
        {
            Definition = new LocalFunctionDefinition(name, entryPoint, method.DeclaringType.Assembly.Location),
            Kind = kind,
            Trigger = attribute,
            TriggerType = trigger.ParameterType,
            Method = new(method, parameters.Select(p => binding.For(name, kind, p, p == trigger))),
            Output = method.GetCustomAttribute<QueueOutputAttribute>(),
        };
    }

    private static TriggerKind KindOf(TriggerBindingAttribute attribute) => attribute switch
    {
        HttpTriggerAttribute => TriggerKind.Http,
        QueueTriggerAttribute => TriggerKind.Queue,
        TimerTriggerAttribute => TriggerKind.Timer,
        OrchestrationTriggerAttribute => TriggerKind.Orchestration,
        ActivityTriggerAttribute => TriggerKind.Activity,
        _ => throw new FunctionAppException($"The trigger {attribute.GetType().Name} is not one that this runtime knows."),
    };
}
