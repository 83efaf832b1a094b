using Microsoft.AspNetCore.Http;

namespace MyriadSync.Triggers.Http;

/// <summary>Sends JSON that is written while it is sent. Never cached: every answer of ours is a matter of the moment.</summary>
internal sealed class JsonStreamResult(int statusCode, Func<JsonOutput, ValueTask> write) : IResult, IStatusCodeHttpResult
{
    /// <inheritdoc/>
    public int? StatusCode => statusCode;

    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = statusCode;
        response.ContentType = "application/json";
        response.Headers.CacheControl = "no-store";
        response.Headers.Append("Vary", "Accept-Encoding");

        await using var output = new JsonOutput(httpContext);
        await write(output);
        await output.CompleteAsync();
    }
}
