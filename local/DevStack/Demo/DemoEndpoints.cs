using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace MyriadSync.DevStack.Demo;

/// <summary><c>/demo</c>, and <c>GET /dev/demo</c>: how far its build and its data are. They exist on the local stack and nowhere else.</summary>
internal static class DemoEndpoints
{
    private static readonly string[] Methods = ["GET", "HEAD"];

    /// <summary>Adds them beside the functions.</summary>
    public static void MapDemo(this IEndpointRouteBuilder routes, LocalDemo demo)
    {
        // Relative addresses of the pages need the slash.
        routes.MapMethods("/demo", Methods, (RequestDelegate)(context =>
        {
            if (context.Request.Path.Value!.EndsWith('/'))
                return AnswerAsync(context, demo);
            context.Response.Redirect("/demo/" + context.Request.QueryString);
            return Task.CompletedTask;
        }));
        routes.MapMethods("/demo/{**path}", Methods, (RequestDelegate)(context => AnswerAsync(context, demo)));
        routes.MapGet("/dev/demo", (RequestDelegate)(context =>
        {
            context.Response.Headers.CacheControl = "no-store";
            return Results.Json(new { build = demo.Site.State, data = demo.Seed.Progress }).ExecuteAsync(context);
        }));
    }

    private static Task AnswerAsync(HttpContext context, LocalDemo demo)
    {
        demo.Seed.Begin();
        return demo.Site.AnswerAsync(context, context.GetRouteValue("path") as string ?? "");
    }
}
