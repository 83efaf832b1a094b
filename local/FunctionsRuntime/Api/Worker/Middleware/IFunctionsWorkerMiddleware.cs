namespace Microsoft.Azure.Functions.Worker.Middleware;

/// <summary>A step round each invocation.</summary>
public interface IFunctionsWorkerMiddleware
{
    /// <summary>Handles an invocation and calls <paramref name="next"/> to go on.</summary>
    Task Invoke(FunctionContext context, FunctionExecutionDelegate next);
}
