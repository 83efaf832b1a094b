using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Logging;
using MyriadSync.Contracts;

namespace MyriadSync.Triggers.Http;

/// <summary>
/// The outermost step of an HTTP function: what nobody expected is logged and answered without telling anything of the inside. A client that went away
/// is no error. Queues, timers and orchestrations pass it by: there an exception means "again".
/// </summary>
internal sealed class ErrorMiddleware(ILogger<ErrorMiddleware> logger) : IFunctionsWorkerMiddleware
{
    /// <summary>Headers that scripts of other origins may read. Which origins may call at all is the platform's to say.</summary>
    private const string ExposedHeaders = "Location, Retry-After, Preference-Applied, ETag";

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        if (context.GetHttpContext() is not { } http)
        {
            await next(context);
            return;
        }

        if (FunctionNames.Plain.Contains(context.FunctionDefinition.Name))
            PlainProblems.Demand(http);
        if (http.Request.Headers.Origin.Count > 0)
            http.Response.Headers.AccessControlExposeHeaders = ExposedHeaders;

        try
        {
            await next(context);
        }
        catch (Exception) when (http.RequestAborted.IsCancellationRequested)
        {
            Logs.ClientGone(logger, context.FunctionDefinition.Name);
        }
        catch (Exception exception) when (!http.Response.HasStarted)
        {
            await new ProblemResult(Translate(exception, context.FunctionDefinition.Name)).ExecuteAsync(http);
        }
    }

    private Problem Translate(Exception exception, string function)
    {
        switch (exception)
        {
            case StorageUnavailableException:
                Logs.StorageUnavailable(logger, exception, function);
                return new Problem(Problems.StorageUnavailable, "Try again a little later. A batch may be sent again as it is.") { RetryAfter = RetryAfter };
            case BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge }:
                return new Problem(Problems.TooLarge, "The body is too large.");
            case BadHttpRequestException:
                return new Problem(Problems.InvalidRequest, "The request does not keep to HTTP.");
            default:
                Logs.Failed(logger, exception, function);
                return new Problem(Problems.InternalError, "The error is recorded under this traceId. A batch may be sent again as it is.");
        }
    }
}
