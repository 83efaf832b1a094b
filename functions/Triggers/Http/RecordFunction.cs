using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using MyriadSync.Contracts;
using MyriadSync.Contracts.Keys;
using MyriadSync.Security;

namespace MyriadSync.Triggers.Http;

/// <summary><c>GET …/records/{store}/{key}</c>: one record with what is known about it.</summary>
internal sealed class RecordFunction(IRecordReader reader, StoreGate gate, TimeProvider time)
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    /// <summary>Answers the record, a deleted one as such; 404 for what never was.</summary>
    [Function(FunctionNames.ReadRecord)]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Routes.Record)] HttpRequest request, string dataset, string store, string key)
    {
        if (AccessGate.Check(request.HttpContext, Role.Read, dataset) is { } denied)
            return new ProblemResult(denied);
        if (!NameRules.IsStore(store))
            return Bad("store", "invalid-store", "A store is 1 to 64 of A-Z a-z 0-9 - _ . and begins with a letter or digit.");
        if (!KeyParameter.TryParse(key, out var recordKey))
            return Bad("key", "not-a-key", "A key is its JSON, percent-encoded, or its row-key form.");

        if (!gate.ScopeOf(request.HttpContext.Caller()).Shows(store))
            return new ProblemResult(new Problem(Problems.Forbidden, "None of the roles that may read this store is given.") { Challenge = "Bearer error=\"insufficient_scope\"" });

        var id = new RecordId(store, recordKey);
        if (await reader.ReadAsync(dataset, id, request.HttpContext.RequestAborted) is not { } view)
            return new ProblemResult(new Problem(Problems.ClusterUnavailable, "The record is on the cluster, which does not answer.") { RetryAfter = RetryAfter });
        if (view.Record is { Rev: 0, Value: null })
            return new ProblemResult(new Problem(Problems.NotFound, "There is no such record, and there never was."));
        return Answer(request, id, view);
    }

    private IResult Answer(HttpRequest request, RecordId id, RecordView view)
    {
        var tag = EntityTags.Of(view);
        request.HttpContext.Response.Headers.ETag = tag;
        if (EntityTags.Matches(request, tag))
            return Results.StatusCode(StatusCodes.Status304NotModified);
        return new JsonStreamResult(StatusCodes.Status200OK, output =>
        {
            Write(output.Json, id, view);
            return ValueTask.CompletedTask;
        });
    }

    private void Write(Utf8JsonWriter json, RecordId id, RecordView view)
    {
        json.WriteStartObject();
        json.WriteId(id.Store, id.Key);
        json.WriteNumber("rev"u8, view.Record.Rev);
        json.WriteState(view.Record);
        json.WriteIfKnown("sub"u8, view.Sub);
        json.WriteBoolean("pending"u8, view.Pending);
        json.WriteIfKnown("held"u8, view.Held);
        json.WriteServerTime(time.GetUtcNow());
        json.WriteEndObject();
    }

    private static ProblemResult Bad(string name, string reason, string detail) => new(Problem.Parameter("path", name, reason, detail));
}
