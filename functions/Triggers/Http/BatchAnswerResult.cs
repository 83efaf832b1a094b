using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using MyriadSync.Contracts;

namespace MyriadSync.Triggers.Http;

/// <summary>Answers how a batch stands: 200 once its outcomes are final, before that 202 with where and when to ask again.</summary>
public sealed class BatchAnswerResult(BatchAnswer answer) : IResult, IStatusCodeHttpResult
{
    private const int RetryAfterSeconds = 2;

    /// <summary>Dataset of the batch.</summary>
    public required string Dataset { get; init; }

    /// <summary>Client of the batch.</summary>
    public required string ClientId { get; init; }

    /// <summary>The server's clock.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>What the client preferred; null where it cannot prefer anything.</summary>
    public PreferHeader? Prefer { get; init; }

    /// <inheritdoc/>
    public int? StatusCode => answer.Status == BatchStatus.Accepted ? StatusCodes.Status202Accepted : StatusCodes.Status200OK;

    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var headers = httpContext.Response.Headers;
        if (Prefer?.Applied is { } applied)
            headers["Preference-Applied"] = applied;
        if (answer.Status == BatchStatus.Accepted)
        {
            headers.Location = Routes.BatchAddress(Dataset, ClientId, answer.BatchId);
            headers.RetryAfter = RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
        }

        return new JsonStreamResult(StatusCode!.Value, WriteAsync).ExecuteAsync(httpContext);
    }

    private async ValueTask WriteAsync(JsonOutput output)
    {
        var json = output.Json;
        json.WriteStartObject();
        json.WriteString("batchId"u8, answer.BatchId);
        json.WriteString("status"u8, WireNames.Of(answer.Status));
        json.WriteIfKnown("waitingFor"u8, answer.WaitingFor);
        if (answer.WaitingSince is { } since)
            json.WriteString("waitingSince"u8, since.UtcDateTime);
        if (answer.Cursor is { } cursor)
            json.WriteCursor(cursor);
        json.WriteServerTime(Now);
        json.WriteStartArray("results"u8);
        foreach (var result in answer.Results)
        {
            Write(json, result);
            await output.ElementDoneAsync();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ChangeResult result)
    {
        json.WriteStartObject();
        json.WriteNumber("seq"u8, result.Seq);
        json.WriteString("outcome"u8, WireNames.Of(result.Outcome));
        if (result.Original is { } original)
            json.WriteString("original"u8, WireNames.Of(original));
        json.WriteNumber("rev"u8, result.Rev);
        if (result.Record is { } record)
            json.WriteState(record);
        json.WriteIfKnown("pointer"u8, result.Pointer);
        json.WriteIfKnown("reason"u8, result.Reason);
        json.WriteIfKnown("detail"u8, result.Detail);
        json.WriteIfKnown("poisonId"u8, result.PoisonId);
        json.WriteIfKnown("conflictId"u8, result.ConflictId);
        json.WriteEndObject();
    }
}
