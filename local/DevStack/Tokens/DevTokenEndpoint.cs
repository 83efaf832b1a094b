using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace MyriadSync.DevStack.Tokens;

/// <summary><c>POST /dev/token</c>: gives anybody on this machine any token they ask for. It exists on the local stack and nowhere else.</summary>
internal static class DevTokenEndpoint
{
    private static readonly string[] Roles = ["read", "write", "operate"];

    /// <summary>Adds it beside the functions.</summary>
    public static void MapDevTokens(this IEndpointRouteBuilder routes, DevTokens tokens) =>
        routes.MapPost("/dev/token", (RequestDelegate)(context => AnswerAsync(context, tokens)));

    private static async Task AnswerAsync(HttpContext context, DevTokens tokens)
    {
        DevTokenRequest? request;
        try
        {
            request = await JsonSerializer.DeserializeAsync<DevTokenRequest>(context.Request.Body, JsonSerializerOptions.Web, context.RequestAborted);
        }
        catch (JsonException)
        {
            request = null;
        }

        var result = request is null || request.Roles.Except(Roles).Any()
            ? Results.Problem("""Send {"sub": "…", "roles": ["read", "write", "operate"], "datasets": ["*"], "expiresIn": 86400}; each member may be left out.""", statusCode: 400)
            : Results.Json(new { token = tokens.Create(request) });
        await result.ExecuteAsync(context);
    }
}
