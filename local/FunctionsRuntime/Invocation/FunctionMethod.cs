using System.Reflection;
using Microsoft.Extensions.DependencyInjection;

namespace MyriadSync.FunctionsRuntime.Invocation;

/// <summary>A function's method: makes the instance, binds the parameters, calls it, and reads its result.</summary>
internal sealed class FunctionMethod
{
    private readonly MethodInfo _method;
    private readonly ObjectFactory? _factory;
    private readonly Func<LocalFunctionContext, object?>[] _parameters;
    private readonly Func<Task, object?>? _taskResult;

    /// <summary>A method whose parameters are bound by the functions given, in their order.</summary>
    public FunctionMethod(MethodInfo method, IEnumerable<Func<LocalFunctionContext, object?>> parameters)
    {
        _method = method;
        _parameters = [.. parameters];
        _factory = method.IsStatic ? null : ActivatorUtilities.CreateFactory(method.DeclaringType!, []);
        _taskResult = TaskResultReader(method.ReturnType);
    }

    /// <summary>Type of what it returns, without the task round it; void if nothing.</summary>
    public Type ResultType => ResultTypeOf(_method.ReturnType);

    /// <summary>Whether it needs an instance.</summary>
    public bool NeedsInstance => _factory is not null;

    /// <summary>Calls it; what it returned, as it returned it.</summary>
    public object? Call(LocalFunctionContext context)
    {
        var arguments = new object?[_parameters.Length];
        for (var i = 0; i < arguments.Length; i++)
            arguments[i] = _parameters[i](context);
        var instance = _factory?.Invoke(context.InstanceServices, null);
        return _method.Invoke(instance, BindingFlags.DoNotWrapExceptions, null, arguments, null);
    }

    /// <summary>The task in what it returned; null if it is not asynchronous.</summary>
    public static Task? TaskOf(object? returned) => returned switch
    {
        Task task => task,
        ValueTask valueTask => valueTask.AsTask(),
        _ => null,
    };

    /// <summary>The result in what it returned, once its task has ended.</summary>
    public object? ResultOf(object? returned) => returned is Task task ? _taskResult?.Invoke(task) : returned is ValueTask ? null : returned;

    /// <summary>Calls it and waits for its result.</summary>
    public async Task<object?> InvokeAsync(LocalFunctionContext context)
    {
        var returned = Call(context);
        if (TaskOf(returned) is not { } task)
            return returned;
        await task;
        return _taskResult?.Invoke(task);
    }

    /// <summary>The type without the task round it.</summary>
    public static Type ResultTypeOf(Type returnType)
    {
        if (returnType == typeof(Task) || returnType == typeof(ValueTask))
            return typeof(void);
        return returnType.IsGenericType && returnType.GetGenericTypeDefinition() == typeof(Task<>) ? returnType.GetGenericArguments()[0] : returnType;
    }

    private static Func<Task, object?>? TaskResultReader(Type returnType)
    {
        if (!returnType.IsGenericType || returnType.GetGenericTypeDefinition() != typeof(Task<>))
            return null;
        var reader = typeof(FunctionMethod).GetMethod(nameof(ReadResult), BindingFlags.Static | BindingFlags.NonPublic)!
            .MakeGenericMethod(returnType.GetGenericArguments()[0]);
        return reader.CreateDelegate<Func<Task, object?>>();
    }

    private static object? ReadResult<T>(Task task) => ((Task<T>)task).GetAwaiter().GetResult();
}
