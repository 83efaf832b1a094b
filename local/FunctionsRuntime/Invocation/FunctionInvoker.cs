using System.Diagnostics;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;

namespace MyriadSync.FunctionsRuntime.Invocation;

/// <summary>Runs functions inside the app's middleware and a trace span.</summary>
internal sealed class FunctionInvoker
{
    /// <summary>The name under which the genuine worker traces.</summary>
    public const string ActivitySourceName = "Microsoft.Azure.Functions.Worker";

    private static readonly ActivitySource Source = new(ActivitySourceName);

    private readonly IReadOnlyList<Func<FunctionExecutionDelegate, FunctionExecutionDelegate>> _middleware;

    public FunctionInvoker(IReadOnlyList<Func<FunctionExecutionDelegate, FunctionExecutionDelegate>> middleware) => _middleware = middleware;

    /// <summary>Whether the app has middleware.</summary>
    public bool HasMiddleware => _middleware.Count > 0;

    /// <summary>A pipeline that ends in <paramref name="last"/>; the first middleware added is the outermost.</summary>
    public FunctionExecutionDelegate Compose(FunctionExecutionDelegate last)
    {
        var pipeline = last;
        for (var i = _middleware.Count - 1; i >= 0; i--)
            pipeline = _middleware[i](pipeline);
        return pipeline;
    }

    /// <summary>A pipeline that ends in a function and leaves its result in the context.</summary>
    public FunctionExecutionDelegate Compose(FunctionDescriptor function) => Compose(async context =>
    {
        var local = (LocalFunctionContext)context;
        local.Result = await function.Method.InvokeAsync(local);
    });

    /// <summary>Runs a pipeline.</summary>
    public static async Task RunAsync(FunctionExecutionDelegate pipeline, FunctionContext context)
    {
        var parent = context.TraceContext.TraceParent;
        using var span = parent.Length > 0 && Activity.Current is null
            ? Source.StartActivity($"function {context.FunctionDefinition.Name}", ActivityKind.Internal, parent)
            : Source.StartActivity($"function {context.FunctionDefinition.Name}");
        try
        {
            await pipeline(context);
        }
        catch (Exception exception)
        {
            span?.SetStatus(ActivityStatusCode.Error, exception.Message);
            throw;
        }
    }
}
