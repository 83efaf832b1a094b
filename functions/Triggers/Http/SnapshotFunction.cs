using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;
using MyriadSync.Contracts;
using MyriadSync.Security;

namespace MyriadSync.Triggers.Http;

/// <summary><c>GET …/snapshot</c>: every record as it stands, page by page.</summary>
internal sealed class SnapshotFunction(ISnapshotReader reader, StoreGate gate, SchemaGate schemas, IOptions<SyncLimits> limits, TimeProvider time)
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    /// <summary>Answers a page of records.</summary>
    [Function(FunctionNames.ReadSnapshot)]
    public async Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Routes.Snapshot)] HttpRequest request, string dataset)
    {
        if (AccessGate.Check(request.HttpContext, Role.Read, dataset) is { } denied)
            return new ProblemResult(denied);
        var query = new QueryReader(request);
        var stores = query.Stores("stores");
        var token = query.Token("page");
        var limit = query.Integer("limit", 1, limits.Value.PageEntries, limits.Value.PageEntries);
        var version = query.Integer("schemaVersion", 1, int.MaxValue, schemas.Current);
        if (query.Problem is { } problem)
            return new ProblemResult(problem);
        if (schemas.Check(version) is { } outside)
            return new ProblemResult(outside);

        var page = await reader.ReadAsync(dataset, gate.ScopeOf(request.HttpContext.Caller(), stores) with { SchemaVersion = version }, token, limit, request.HttpContext.RequestAborted);
        return page.Fault switch
        {
            SnapshotFault.None => new JsonStreamResult(StatusCodes.Status200OK, output => WriteAsync(output, page)),
            SnapshotFault.BadToken => new ProblemResult(Problem.Parameter("query", "page", "not-a-page", "page is a token that an answer for the same dataset and stores gave.")),
            SnapshotFault.Gone => new ProblemResult(Gone.Cursor(dataset, page.Reason ?? "")),
            _ => new ProblemResult(new Problem(Problems.ClusterUnavailable, "The snapshot is read from the cluster, which does not answer.") { RetryAfter = RetryAfter }),
        };
    }

    private async ValueTask WriteAsync(JsonOutput output, SnapshotPage page)
    {
        var json = output.Json;
        json.WriteStartObject();
        json.WriteStartArray("records"u8);
        foreach (var (id, record) in page.Records)
        {
            json.WriteStartObject();
            json.WriteId(id.Store, id.Key);
            json.WriteNumber("rev"u8, record.Rev);
            json.WriteState(record);
            json.WriteEndObject();
            await output.ElementDoneAsync();
        }

        json.WriteEndArray();
        json.WriteIfKnown("nextPage"u8, page.NextPage);
        json.WriteNumber("head"u8, page.Cursor.Seq);
        json.WriteCursor(page.Cursor);
        json.WriteServerTime(time.GetUtcNow());
        json.WriteEndObject();
    }
}
