using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Options;
using MyriadSync.Contracts;
using MyriadSync.Contracts.Keys;
using MyriadSync.Orchestration;
using MyriadSync.RxDb;
using MyriadSync.Security;

namespace MyriadSync.Triggers.Http;

/// <summary><c>POST …/rxdb/{store}/{schemaVersion}/push</c>: RxDB's push; answers the documents in effect for the rows that they differ from.</summary>
internal sealed class RxDbPushFunction(RxPusher pusher, BatchDesk desk, IOptions<SyncLimits> limits, RxDbGate gate, StoreGate access)
{
    /// <summary>A row has both what was and what is, and in most edits the two are nearly the same.</summary>
    private const int StatesARow = 2;

    private const int MaxReplicationChars = 256;

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(2);

    /// <summary>Takes rows in, and answers when they are committed.</summary>
    [Function(FunctionNames.RxDbPush)]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Routes.RxDbPush)] HttpRequest request,
        string dataset,
        string store,
        string schemaVersion,
        [DurableClient] DurableTaskClient durable,
        CancellationToken cancellationToken)
    {
        var query = new QueryReader(request);
        var primaryPath = query.Name("primaryPath", NameRules.MaxLength);
        var replication = query.Name("replication", MaxReplicationChars) ?? "";
        var asked = gate.Check(request.HttpContext, Role.Write, (dataset, store, schemaVersion), primaryPath, query.Problem);
        if (asked.Problem is { } denied)
            return new ProblemResult(denied);
        using var body = await RequestBody.ReadAsync(request, StatesARow * limits.Value.BatchBytes, cancellationToken);
        if (body.Problem is not null)
            return new ProblemResult(body.Problem);
        var reading = new RxRowReader(asked.Key, limits.Value).Read(body.Bytes.Span);
        if (reading.TooMany)
            return new ProblemResult(new Problem(Problems.TooLarge, $"A push may have {limits.Value.BatchChanges} rows. Lower its batchSize."));
        if (reading.Error is not null)
            return new ProblemResult(new Problem(Problems.InvalidRequest, reading.Error));

        var caller = request.HttpContext.Caller();
        var sender = new BatchSender(caller.Sub, access.RolesOf(caller), access.ScopeOf(caller) with { SchemaVersion = asked.SchemaVersion });
        var push = new RxPush
        {
            Dataset = dataset,
            Store = asked.Store,
            SchemaVersion = asked.SchemaVersion,
            PrimaryPath = asked.Key.Path,
            Sub = caller.Sub,
            Replication = replication,
            Rows = reading.Rows,
        };
        var wait = PreferHeader.Read(request, limits.Value).Wait;
        var reply = await pusher.PushAsync(push, new RxDbBatches(desk, durable, dataset, sender, wait), cancellationToken);
        return reply.WaitingFor is null
            ? new JsonStreamResult(StatusCodes.Status200OK, output => WriteAsync(output, reply.Conflicts, asked.Key.Path))
            : new ProblemResult(new Problem(Problems.NotCommitted, $"The rows are not committed yet ({reply.WaitingFor}). Send the same ones again.") { RetryAfter = RetryAfter });
    }

    private static async ValueTask WriteAsync(JsonOutput output, IReadOnlyList<RxDocument> documents, string primaryPath)
    {
        output.Json.WriteStartArray();
        foreach (var document in documents)
        {
            document.Write(output.Json, primaryPath);
            await output.ElementDoneAsync();
        }

        output.Json.WriteEndArray();
    }
}
