using System.Diagnostics;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using MyriadSync.Contracts.Keys;
using MyriadSync.Orchestration.Redrives;
using MyriadSync.Poison;

namespace MyriadSync.Triggers.Http;

/// <summary>Redrives and discards what could not be processed, at an operator's word. Each of them may be sent twice.</summary>
internal sealed class PoisonCommandFunctions(PoisonDesk desk)
{
    private const int MaxMany = 100;
    private const int MaxReasonChars = 1000;
    private const int MaxPageChars = 512;

    /// <summary><c>POST …/poison/{poisonId}/redrive</c>.</summary>
    [Function(FunctionNames.RedrivePoison)]
    public async Task<IResult> RedriveAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Routes.PoisonRedrive)] HttpRequest request, string dataset, string poisonId)
    {
        if (OperatorGate.Check(request.HttpContext, dataset) is { } denied)
            return new ProblemResult(denied);
        return OperatorGate.IsId(poisonId)
            ? Answer(await desk.RedriveAsync(dataset, poisonId, request.HttpContext.Caller().Sub, TraceParent, request.HttpContext.RequestAborted))
            : new ProblemResult(OperatorGate.NoSuch("poison entry"));
    }

    /// <summary><c>POST …/poison/redrive</c>.</summary>
    [Function(FunctionNames.RedriveManyPoison)]
    public async Task<IResult> RedriveManyAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Routes.PoisonRedriveMany)] HttpRequest request, string dataset)
    {
        var aborted = request.HttpContext.RequestAborted;
        if (OperatorGate.Check(request.HttpContext, dataset) is { } denied)
            return new ProblemResult(denied);
        using var body = await RequestBody.ReadAsync(request, JsonFields.MaxBytes, aborted);
        if (body.Problem is not null)
            return new ProblemResult(body.Problem);

        var fields = JsonFields.Read(body.Bytes);
        var ids = fields.Texts("ids", MaxMany, OperatorGate.IsId);
        var filter = new PoisonFilter
        {
            State = PoisonState.Open,
            Kind = fields.Text("kind", 16, sound: PoisonKinds.All.Contains),
            Store = fields.Text("store", NameRules.MaxLength, sound: text => NameRules.IsStore(text)),
            Reason = fields.Text("reason", MaxReasonChars),
        };
        var limit = (int)(fields.Integer("limit", 1, MaxMany) ?? MaxMany);
        var page = fields.Text("page", MaxPageChars, sound: text => PoisonPosition.Parse(text) is not null);
        if (ids is not null && (filter is not { Kind: null, Store: null, Reason: null } || page is not null))
            fields.Error("ids", "unexpected-member", "Either ids or a filter.");
        if (fields.Problem is { } problem)
            return new ProblemResult(problem);

        var run = await desk.RedriveManyAsync(
            dataset, ids, filter, page is null ? null : PoisonPosition.Parse(page), limit, request.HttpContext.Caller().Sub, TraceParent, aborted);
        return run is { WaitReason: { } wait, Entries.Count: 0 } ? new ProblemResult(OperatorGate.Waits(wait)) : Answer(run);
    }

    /// <summary><c>POST …/poison/{poisonId}/discard</c>.</summary>
    [Function(FunctionNames.DiscardPoison)]
    public async Task<IResult> DiscardAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Routes.PoisonDiscard)] HttpRequest request, string dataset, string poisonId)
    {
        var aborted = request.HttpContext.RequestAborted;
        if (OperatorGate.Check(request.HttpContext, dataset) is { } denied)
            return new ProblemResult(denied);
        if (!OperatorGate.IsId(poisonId))
            return new ProblemResult(OperatorGate.NoSuch("poison entry"));
        using var body = await RequestBody.ReadAsync(request, JsonFields.MaxBytes, aborted);
        if (body.Problem is not null)
            return new ProblemResult(body.Problem);

        var fields = JsonFields.Read(body.Bytes);
        var reason = fields.Text("reason", MaxReasonChars, required: true);
        return fields.Problem is { } problem
            ? new ProblemResult(problem)
            : Answer(await desk.DiscardAsync(dataset, poisonId, request.HttpContext.Caller().Sub, reason!, aborted));
    }

    private static string TraceParent => Activity.Current?.Id ?? "";

    private static IResult Answer(PoisonReply reply) => reply switch
    {
        { Problem: { } problem } => new ProblemResult(new Problem(problem, $"The entry is {PoisonRows.Name(reply.Entry!.State)} already.")
        {
            Extensions = new Dictionary<string, object> { ["state"] = PoisonRows.Name(reply.Entry.State) },
        }),
        { WaitReason: { } reason } => new ProblemResult(OperatorGate.Waits(reason)),
        { Entry: { } entry } => new JsonStreamResult(StatusCodes.Status200OK, output =>
        {
            Write(output.Json, entry);
            return ValueTask.CompletedTask;
        }),
        _ => new ProblemResult(OperatorGate.NoSuch("poison entry")),
    };

    private static JsonStreamResult Answer(RedriveRun run) => new(StatusCodes.Status200OK, async output =>
    {
        var json = output.Json;
        json.WriteStartObject();
        json.WriteNumber("redriven"u8, run.Entries.Count(entry => entry.State == PoisonState.Redriven));
        json.WriteNumber("failed"u8, run.Entries.Count(entry => entry.State != PoisonState.Redriven));
        json.WriteStartArray("entries"u8);
        foreach (var entry in run.Entries)
        {
            Write(json, entry);
            await output.ElementDoneAsync();
        }

        json.WriteEndArray();
        json.WriteIfKnown("waitingFor"u8, run.WaitReason);
        json.WriteIfKnown("nextPage"u8, run.Next?.ToString());
        json.WriteEndObject();
    });

    private static void Write(Utf8JsonWriter json, PoisonEntry entry)
    {
        json.WriteStartObject();
        json.WriteEntry(entry);
        json.WriteEndObject();
    }
}
