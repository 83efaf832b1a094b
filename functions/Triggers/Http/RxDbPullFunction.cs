using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;
using MyriadSync.Contracts;
using MyriadSync.Contracts.Keys;
using MyriadSync.RxDb;
using MyriadSync.Security;

namespace MyriadSync.Triggers.Http;

/// <summary><c>GET …/rxdb/{store}/{schemaVersion}/pull</c>: RxDB's pull, by the parameters of its own server and by those of its documentation.</summary>
internal sealed class RxDbPullFunction(RxPuller puller, IOptions<SyncLimits> limits, RxDbGate gate)
{
    private const int DefaultLimit = 100;

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    /// <summary>Answers a page of documents.</summary>
    [Function(FunctionNames.RxDbPull)]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Routes.RxDbPull)] HttpRequest request, string dataset, string store, string schemaVersion)
    {
        var query = new QueryReader(request);
        var since = query.RxCheckpoint("id");
        var limit = query.Integer("limit", 1, limits.Value.PageEntries, query.Integer("batchSize", 1, limits.Value.PageEntries, Math.Min(DefaultLimit, limits.Value.PageEntries)));
        var primaryPath = query.Name("primaryPath", NameRules.MaxLength);
        var asked = gate.Check(request.HttpContext, Role.Read, (dataset, store, schemaVersion), primaryPath, query.Problem);
        if (asked.Problem is { } problem)
            return new ProblemResult(problem);

        var page = await puller.ReadAsync(dataset, store, asked.SchemaVersion, since, limit, request.HttpContext.RequestAborted);
        if (page.Problem is not null)
            return new ProblemResult(Describe(page, dataset));
        // The checkpoint of an empty page is lost on clients; so that nobody relies on it, it is the one that was sent.
        return new JsonStreamResult(StatusCodes.Status200OK, output => WriteAsync(output, page.Documents.Count > 0 || since is null ? page : page with { Checkpoint = since }, asked.Key.Path));
    }

    private static async ValueTask WriteAsync(JsonOutput output, RxPage page, string primaryPath)
    {
        var json = output.Json;
        json.WriteStartObject();
        json.WriteStartArray("documents"u8);
        foreach (var document in page.Documents)
        {
            document.Write(json, primaryPath);
            await output.ElementDoneAsync();
        }

        json.WriteEndArray();
        json.WriteCheckpoint(page.Checkpoint!);
        json.WriteEndObject();
    }

    private static Problem Describe(RxPage page, string dataset) => page.Problem switch
    {
        Problems.CursorGone => Gone.Cursor(dataset, page.Reason ?? ""),
        Problems.ClusterUnavailable => new Problem(Problems.ClusterUnavailable, "The first documents are read from the cluster, which does not answer.") { RetryAfter = RetryAfter },
        Problems.TooLarge => new Problem(Problems.TooLarge, "That many documents of this size do not fit an answer. Ask for fewer."),
        _ => Problem.Parameter("query", "id", "not-a-checkpoint", "id is that of a checkpoint that an answer for the same dataset and store gave."),
    };
}
