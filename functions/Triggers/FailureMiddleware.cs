using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using MyriadSync.Telemetry;

namespace MyriadSync.Triggers;

/// <summary>Counts invocations that end in an exception; what becomes of it is for others to decide. A client or a host that goes away is no failure, nor is a request that does not keep to HTTP.</summary>
internal sealed class FailureMiddleware(SyncMetrics metrics) : IFunctionsWorkerMiddleware
{
    /// <inheritdoc/>
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (Exception exception) when (IsFailure(exception))
        {
            metrics.Failed(context.FunctionDefinition.Name);
            throw;
        }
    }

    private static bool IsFailure(Exception exception) => exception is not (OperationCanceledException or BadHttpRequestException);
}
