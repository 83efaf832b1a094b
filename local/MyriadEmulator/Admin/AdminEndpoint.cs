using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using MyriadSync.MyriadEmulator.Faults;
using MyriadSync.MyriadEmulator.Store;

namespace MyriadSync.MyriadEmulator.Admin;

/// <summary>
/// <c>/_emulator/…</c> on both ports, which no real gateway has: faults to set and clear, maintenance to play. No fault reaches it.
/// </summary>
internal sealed class AdminEndpoint(FaultBoard faults, CellStore store)
{
    private const string Prefix = "/_emulator/";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public RequestDelegate Before(RequestDelegate next) => context =>
        context.Request.Path.StartsWithSegments(Prefix[..^1], StringComparison.Ordinal) ? InvokeAsync(context) : next(context);

    private async Task InvokeAsync(HttpContext context)
    {
        var action = $"{context.Request.Method} {context.Request.Path.Value![Prefix[..^1].Length..]}";
        switch (action)
        {
            case "GET /faults":
                await context.Response.WriteAsJsonAsync(faults.Current, Json);
                break;
            case "PUT /faults":
                await SetFaultsAsync(context);
                break;
            case "DELETE /faults":
                faults.Reset();
                context.Response.StatusCode = StatusCodes.Status204NoContent;
                break;
            case "POST /flush":
                await MaintainAsync(context, Maintenance.Flush);
                break;
            case "POST /compact":
                await MaintainAsync(context, Maintenance.MajorCompact);
                break;
            default:
                await RefuseAsync(context, StatusCodes.Status404NotFound, "Known here: GET, PUT and DELETE /_emulator/faults; POST /_emulator/flush?table= and /_emulator/compact?table=.");
                break;
        }
    }

    private async Task SetFaultsAsync(HttpContext context)
    {
        try
        {
            faults.Current = await context.Request.ReadFromJsonAsync<FaultSet>(Json) ?? new FaultSet();
            context.Response.StatusCode = StatusCodes.Status204NoContent;
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException or InvalidOperationException)
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, exception.Message);
        }
    }

    private async Task MaintainAsync(HttpContext context, Action<CellStore, TableSchema> maintain)
    {
        var name = context.Request.Query["table"].ToString();
        if (store.FindTable(name) is not { } table)
        {
            await RefuseAsync(context, StatusCodes.Status404NotFound, $"There is no table '{name}'.");
            return;
        }
        maintain(store, table);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private static Task RefuseAsync(HttpContext context, int status, string message)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsync(message + "\n");
    }
}
