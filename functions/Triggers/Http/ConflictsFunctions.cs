using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;
using MyriadSync.Conflicts;
using MyriadSync.Contracts;
using MyriadSync.Contracts.Values;
using MyriadSync.Orchestration.Resolutions;

namespace MyriadSync.Triggers.Http;

/// <summary>Shows the conflicts that stores leave to a person, and takes the person's decision.</summary>
internal sealed class ConflictsFunctions(ConflictDesk desk, ConflictTable table, ConflictGate gate, IOptions<SyncLimits> limits, TimeProvider time)
{
    private const int MaxEntries = 100;
    private const long MaxRev = (1L << 53) - 1;

    private static readonly string[] States = [.. Enum.GetValues<ConflictState>().Select(ConflictRows.Name)];

    /// <summary><c>GET …/conflicts</c>.</summary>
    [Function(FunctionNames.ListConflicts)]
    public async Task<IResult> ListAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Routes.Conflicts)] HttpRequest request, string dataset)
    {
        if (ConflictGate.Check(request.HttpContext, dataset) is { } denied)
            return new ProblemResult(denied);
        var query = new QueryReader(request);
        var filter = new ConflictFilter
        {
            State = query.Word("state", States) is { } state ? ConflictRows.Parse(state) : null,
            Store = query.Store("store"),
            ClientId = query.ClientId("clientId"),
            Sub = ConflictGate.Only(request.HttpContext),
        };
        var page = query.Token("page");
        var limit = query.Integer("limit", 1, MaxEntries, MaxEntries);
        if (query.Problem is { } problem)
            return new ProblemResult(problem);
        if (page is not null && !OperatorGate.IsId(page))
            return new ProblemResult(Problem.Parameter("query", "page", "not-a-page", "page is what an answer gave."));

        var found = await table.ListAsync(dataset, filter, page, limit, request.HttpContext.RequestAborted);
        return new JsonStreamResult(StatusCodes.Status200OK, output => WriteAsync(output, found));
    }

    /// <summary><c>GET …/conflicts/{conflictId}</c>.</summary>
    [Function(FunctionNames.ReadConflict)]
    public async Task<IResult> ReadAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Routes.Conflict)] HttpRequest request, string dataset, string conflictId)
    {
        if (ConflictGate.Check(request.HttpContext, dataset) is { } denied)
            return new ProblemResult(denied);
        if (!OperatorGate.IsId(conflictId) || await desk.ReadAsync(dataset, conflictId, request.HttpContext.RequestAborted) is not { Entry: { } entry } reply)
            return new ProblemResult(OperatorGate.NoSuch("conflict"));
        return ConflictGate.Check(request.HttpContext, entry) is { } foreign ? new ProblemResult(foreign) : Answer(entry, reply, gate.Shows(request.HttpContext, entry));
    }

    /// <summary><c>POST …/conflicts/{conflictId}/resolve</c>.</summary>
    [Function(FunctionNames.ResolveConflict)]
    public async Task<IResult> ResolveAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Routes.ConflictResolve)] HttpRequest request, string dataset, string conflictId)
    {
        var aborted = request.HttpContext.RequestAborted;
        if (ConflictGate.Check(request.HttpContext, dataset) is { } denied)
            return new ProblemResult(denied);
        using var body = await RequestBody.ReadAsync(request, limits.Value.ValueBytes + JsonFields.MaxBytes, aborted);
        if (body.Problem is not null)
            return new ProblemResult(body.Problem);
        var fields = JsonFields.Read(body.Bytes);
        var decision = Decide(fields);
        if (fields.Problem is { } problem)
            return new ProblemResult(problem);
        if (!OperatorGate.IsId(conflictId) || await desk.FindAsync(dataset, conflictId, aborted) is not { } entry)
            return new ProblemResult(OperatorGate.NoSuch("conflict"));
        if (ConflictGate.Check(request.HttpContext, entry) is { } foreign)
            return new ProblemResult(foreign);

        var reply = await desk.ResolveAsync(entry, decision!, request.HttpContext.Caller().Sub, Activity.Current?.Id ?? "", aborted);
        return reply switch
        {
            { WaitReason: { } reason } => new ProblemResult(OperatorGate.Waits(reason)),
            { Problem: { } code } => new ProblemResult(Describe(code, reply, gate.Shows(request.HttpContext, entry))),
            _ => Answer(reply.Entry!, reply, shows: true),
        };
    }

    private Decision? Decide(JsonFields fields)
    {
        Take? take = fields.Text("take", 16, required: true) switch { "ours" => Take.Ours, "theirs" => Take.Theirs, "value" => Take.Value, _ => null };
        var rev = fields.Integer("rev", 0, MaxRev, required: true);
        var deleted = fields.Any("deleted")?.ValueKind == JsonValueKind.True;
        var value = fields.Any("value") is { } element ? Value(fields, element) : null;
        if (take is null)
            fields.Error("take", "invalid", "take is ours, theirs or value.");
        else if (take == Take.Value ? (value is null) != deleted : value is not null || deleted)
            fields.Error("value", "invalid", "value, or deleted with true, goes with take value, and with nothing else.");
        return take is null || rev is null ? null : new Decision { Take = take.Value, Value = value, Rev = rev.Value };
    }

    private RecordValue? Value(JsonFields fields, JsonElement element)
    {
        var reader = new Utf8JsonReader(JsonMarshal.GetRawUtf8Value(element), CanonicalJson.ReaderOptions);
        reader.Read();
        if (RecordValue.TryRead(ref reader, new ValueLimits { MaxDepth = limits.Value.ValueDepth, MaxBytes = limits.Value.ValueBytes }, out var value, out var refusal))
            return value;
        fields.Error("value" + refusal.Pointer, refusal.Reason, refusal.Detail);
        return null;
    }

    private static Problem Describe(string code, ConflictReply reply, bool shows) => code switch
    {
        Problems.ConflictOutdated => new Problem(code, "The record changed since it was looked at. Look at the conflict again, and decide on the record as it is now.")
        {
            Extensions = shows && reply.Current is { } current
                ? new Dictionary<string, object> { ["rev"] = current.Rev, ["record"] = ConflictJsonWriter.ToBytes(current) }
                : new Dictionary<string, object> { ["rev"] = reply.Current?.Rev ?? 0 },
        },
        Problems.ConflictExpired => new Problem(code, "Nobody decided it in time. What the client wanted is no longer kept."),
        Problems.ResolutionRefused => new Problem(code, reply.Refusal!.Detail) { Extensions = new Dictionary<string, object> { ["reason"] = reply.Refusal.Reason } },
        _ => new Problem(code, $"The conflict is {ConflictRows.Name(reply.Entry!.State)} already, and not by this decision.")
        {
            Extensions = new Dictionary<string, object> { ["state"] = ConflictRows.Name(reply.Entry.State) },
        },
    };

    private async ValueTask WriteAsync(JsonOutput output, ConflictPage page)
    {
        var json = output.Json;
        json.WriteStartObject();
        json.WriteStartArray("conflicts"u8);
        foreach (var entry in page.Entries)
        {
            json.WriteStartObject();
            json.WriteConflict(entry);
            json.WriteEndObject();
            await output.ElementDoneAsync();
        }

        json.WriteEndArray();
        json.WriteIfKnown("nextPage"u8, page.Next);
        json.WriteServerTime(time.GetUtcNow());
        json.WriteEndObject();
    }

    private static JsonStreamResult Answer(ConflictEntry entry, ConflictReply reply, bool shows) => new(StatusCodes.Status200OK, output =>
    {
        var json = output.Json;
        json.WriteStartObject();
        json.WriteConflict(entry);
        if (!shows)
            json.WriteBoolean("hidden"u8, true);
        if (shows && reply.Item is { } item)
            json.WriteSides(item);
        if (shows && reply.Current is { } current)
            json.WriteSide("current"u8, current);
        json.WriteEndObject();
        return ValueTask.CompletedTask;
    });
}
