using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using MyriadSync.Payloads;
using MyriadSync.Poison;
using MyriadSync.Security;

namespace MyriadSync.Triggers.Http;

/// <summary>Shows operators what could not be processed.</summary>
internal sealed class PoisonFunctions(PoisonTable table, IPayloadStore payloads, StoreGate stores, TimeProvider time)
{
    private const int MaxEntries = 100;
    private const int MaxReasonChars = 200;

    private static readonly string[] States = [.. Enum.GetValues<PoisonState>().Select(PoisonRows.Name)];

    /// <summary><c>GET …/poison</c>.</summary>
    [Function(FunctionNames.ListPoison)]
    public async Task<IResult> ListAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Routes.Poison)] HttpRequest request, string dataset)
    {
        if (OperatorGate.Check(request.HttpContext, dataset) is { } denied)
            return new ProblemResult(denied);
        var query = new QueryReader(request);
        var filter = new PoisonFilter
        {
            State = query.Word("state", States) is { } state ? PoisonRows.Parse(state) : null,
            Kind = query.Word("kind", [.. PoisonKinds.All]),
            Store = query.Store("store"),
            Reason = query.Token("reason"),
        };
        var page = query.Token("page");
        var limit = query.Integer("limit", 1, MaxEntries, MaxEntries);
        if (query.Problem is { } problem)
            return new ProblemResult(problem);
        if (page is not null && !OperatorGate.IsId(page))
            return new ProblemResult(Problem.Parameter("query", "page", "not-a-page", "page is what an answer gave."));
        if (filter.Reason?.Length > MaxReasonChars)
            return new ProblemResult(Problem.Parameter("query", "reason", "too-long", $"A reason has {MaxReasonChars} characters at most."));

        var found = await table.ListAsync(dataset, filter, page, limit, request.HttpContext.RequestAborted);
        return new JsonStreamResult(StatusCodes.Status200OK, output => WriteAsync(output, found));
    }

    /// <summary><c>GET …/poison/{poisonId}</c>.</summary>
    [Function(FunctionNames.ReadPoison)]
    public async Task<IResult> ReadAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Routes.PoisonEntry)] HttpRequest request, string dataset, string poisonId)
    {
        var aborted = request.HttpContext.RequestAborted;
        if (OperatorGate.Check(request.HttpContext, dataset) is { } denied)
            return new ProblemResult(denied);
        if (!OperatorGate.IsId(poisonId) || await table.FindAsync(dataset, poisonId, aborted) is not { } entry)
            return new ProblemResult(OperatorGate.NoSuch("poison entry"));

        // What operators may do does not say what they may read.
        var caller = request.HttpContext.Caller();
        var mayRead = AccessCheck.Denial(caller, Role.Read, dataset) is null && (entry.Item.Store.Length == 0 || stores.ScopeOf(caller).Shows(entry.Item.Store));
        var item = mayRead ? await payloads.GetAsync(entry.Item.Payload, aborted) : null;
        return new JsonStreamResult(StatusCodes.Status200OK, output =>
        {
            Write(output.Json, entry, item, mayRead);
            return ValueTask.CompletedTask;
        });
    }

    private async ValueTask WriteAsync(JsonOutput output, PoisonPage page)
    {
        var json = output.Json;
        json.WriteStartObject();
        json.WriteStartArray("entries"u8);
        foreach (var entry in page.Entries)
        {
            json.WriteStartObject();
            json.WriteEntry(entry);
            json.WriteEndObject();
            await output.ElementDoneAsync();
        }

        json.WriteEndArray();
        json.WriteIfKnown("nextPage"u8, page.Next);
        json.WriteServerTime(time.GetUtcNow());
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, PoisonEntry entry, ReadOnlyMemory<byte>? item, bool mayRead)
    {
        json.WriteStartObject();
        json.WriteEntry(entry);
        if (!mayRead)
            json.WriteBoolean("hidden"u8, true);
        else if (item is { } payload && entry.Item.Kind == PoisonKinds.Message)
            json.WriteBase64String("message"u8, payload.Span);
        else if (item is { } content)
        {
            json.WritePropertyName("item"u8);
            json.WriteRawValue(content.Span, skipInputValidation: true);
        }

        json.WriteEndObject();
    }
}
