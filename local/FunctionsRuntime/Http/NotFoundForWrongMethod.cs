using Microsoft.AspNetCore.Http;

namespace MyriadSync.FunctionsRuntime.Http;

/// <summary>The genuine host answers 404, not 405, if a route exists but not for the request's method.</summary>
internal sealed class NotFoundForWrongMethod(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context)
    {
        await next(context);

        // Routing's own 405 has no metadata; one that a function or a tool's endpoint decided on stays.
        if (context.Response is { StatusCode: StatusCodes.Status405MethodNotAllowed, HasStarted: false } response && context.GetEndpoint() is { Metadata.Count: 0 })
        {
            response.Clear();
            response.StatusCode = StatusCodes.Status404NotFound;
        }
    }
}
