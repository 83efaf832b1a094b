using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Hosting;
using MyriadSync.Contracts;
using MyriadSync.Contracts.Keys;
using MyriadSync.RxDb;
using MyriadSync.Security;

namespace MyriadSync.Triggers.Http;

/// <summary><c>GET …/rxdb/{store}/{schemaVersion}/pullStream</c>: documents as they change, as server-sent events.</summary>
internal sealed class RxDbPullStreamFunction(RxPuller puller, IChangeFeed feed, IDatasetReader datasets, RxDbGate gate, TimeProvider time, IHostApplicationLifetime lifetime)
{
    /// <summary>
    /// Entries before the head that a new stream begins with. A client that pulls first and listens then has missed what was committed in between, and
    /// would take the next event's checkpoint for its own.
    /// </summary>
    private const int Overlap = 200;

    /// <summary>Opens the stream.</summary>
    [Function(FunctionNames.RxDbPullStream)]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Routes.RxDbPullStream)] HttpRequest request, string dataset, string store, string schemaVersion)
    {
        var query = new QueryReader(request);
        var primaryPath = query.Name("primaryPath", NameRules.MaxLength);
        var asked = gate.Check(request.HttpContext, Role.Read, (dataset, store, schemaVersion), primaryPath, query.Problem);
        if (asked.Problem is { } problem)
            return new ProblemResult(problem);

        var state = await datasets.ReadAsync(dataset, request.HttpContext.RequestAborted);
        var start = new RxCheckpoint(null, new Cursor(state.Epoch ?? Cursor.NoEpoch, Math.Max(state.OldestSeq, state.Head - Overlap)));
        // A browser that lost its stream says where it was: nothing is left out then.
        if (request.Headers["Last-Event-ID"] is [{ } last] && RxCheckpoint.Parse(last) is { Snapshot: null } seen && seen.Cursor.Epoch == state.Epoch && seen.Seq >= state.OldestSeq && seen.Seq <= state.Head)
            start = seen;
        return new RxDbStreamResult(puller, feed, time, lifetime.ApplicationStopping) { Dataset = dataset, Store = store, SchemaVersion = asked.SchemaVersion, PrimaryPath = asked.Key.Path, Start = start };
    }
}
