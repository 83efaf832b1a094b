using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace MyriadSync.Triggers.Http;

/// <summary><c>GET …/health/live</c> and <c>…/health/ready</c>, without a token.</summary>
internal sealed class HealthFunctions(HealthBoard board, TimeProvider time)
{
    /// <summary>The process answers; nothing else is looked at.</summary>
    [Function(FunctionNames.HealthLive)]
    public static IResult Live([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Routes.Live)] HttpRequest request) =>
        Answer(StatusCodes.Status200OK, json => json.WriteString("status"u8, "live"u8));

    /// <summary>200 while this instance can serve clients, 503 while something essential is down; each part with its state.</summary>
    [Function(FunctionNames.HealthReady)]
    public async Task<IResult> ReadyAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Routes.Ready)] HttpRequest request)
    {
        var states = await board.ReadAsync(request.HttpContext.RequestAborted);
        var unavailable = states.Any(state => state is { Up: false, Essential: true });
        var status = unavailable ? "unavailable" : states.All(state => state.Up) ? "ready" : "degraded";
        return Answer(unavailable ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK, json =>
        {
            json.WriteString("status"u8, status);
            json.WriteStartArray("checks"u8);
            foreach (var state in states)
                Write(json, state);
            json.WriteEndArray();
            json.WriteServerTime(time.GetUtcNow());
        });
    }

    private static void Write(Utf8JsonWriter json, ProbeState state)
    {
        json.WriteStartObject();
        json.WriteString("name"u8, state.Name);
        json.WriteString("state"u8, state.Up ? "up"u8 : "down"u8);
        json.WriteString("since"u8, state.Since.UtcDateTime);
        json.WriteIfKnown("reason"u8, state.Reason);
        json.WriteEndObject();
    }

    private static JsonStreamResult Answer(int statusCode, Action<Utf8JsonWriter> write) => new(statusCode, output =>
    {
        output.Json.WriteStartObject();
        write(output.Json);
        output.Json.WriteEndObject();
        return ValueTask.CompletedTask;
    });
}
