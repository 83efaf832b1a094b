using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Options;
using MyriadSync.Contracts;
using MyriadSync.Contracts.Keys;
using MyriadSync.Contracts.Wire;
using MyriadSync.Orchestration;
using MyriadSync.Security;
using MyriadSync.Telemetry;

namespace MyriadSync.Triggers.Http;

/// <summary>Takes in batches of changes, and tells how they stand.</summary>
internal sealed class BatchesFunctions(BatchDesk desk, StoreGate stores, SchemaGate schemas, IOptions<SyncLimits> limits, TimeProvider time, SyncMetrics metrics)
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    /// <summary><c>POST …/batches</c>.</summary>
    [Function("PushBatch")]
    public async Task<IResult> PushAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Routes.Batches)] HttpRequest request,
        string dataset,
        [DurableClient] DurableTaskClient durable,
        CancellationToken cancellationToken)
    {
        var arrived = time.GetTimestamp();
        if (AccessGate.Check(request.HttpContext, Role.Write, dataset) is { } denied)
        {
            return new ProblemResult(denied);
        }

        using var body = await RequestBody.ReadAsync(request, limits.Value.BatchBytes, cancellationToken);
        if (body.Problem is not null)
        {
            return new ProblemResult(body.Problem);
        }

        var reading = BatchReader.Read(body.Bytes.Span, limits.Value);
        if (reading.Batch is not { } batch)
        {
            return new ProblemResult(new Problem(Problems.InvalidRequest, "The batch's envelope is not sound; nothing of it was stored.") { Errors = reading.Errors });
        }

        if (schemas.Check(batch.SchemaVersion) is { } outside)
        {
            return new ProblemResult(outside);
        }

        var prefer = PreferHeader.Read(request, limits.Value);
        var reply = await desk.PushAsync(durable, dataset, Sender(request, batch.SchemaVersion), batch, body.Bytes, prefer.Wait, cancellationToken);
        metrics.Answered(time.GetElapsedTime(arrived), reply.Answer?.Status);
        return Result(reply, dataset, batch.ClientId, prefer);
    }

    /// <summary><c>GET …/batches/{clientId}/{batchId}</c>.</summary>
    [Function("BatchStatus")]
    public async Task<IResult> StatusAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Routes.Batch)] HttpRequest request,
        string dataset,
        string clientId,
        string batchId,
        [DurableClient] DurableTaskClient durable,
        CancellationToken cancellationToken)
    {
        if (AccessGate.Check(request.HttpContext, Role.Write, dataset) is { } denied)
        {
            return new ProblemResult(denied);
        }

        if (!NameRules.IsClientId(clientId) || !NameRules.IsClientId(batchId))
        {
            return new ProblemResult(Problem.Parameter("path", NameRules.IsClientId(clientId) ? "batchId" : "clientId", "invalid-id", "An id has 1-64 of A-Z a-z 0-9 - _."));
        }

        var query = new QueryReader(request);
        var version = query.Integer("schemaVersion", 1, int.MaxValue, schemas.Current);
        if ((query.Problem ?? schemas.Check(version)) is { } problem)
        {
            return new ProblemResult(problem);
        }

        var prefer = PreferHeader.Read(request, limits.Value);
        var wait = prefer.Applied is null ? TimeSpan.Zero : prefer.Wait;
        var reply = await desk.FindAsync(durable, new BatchScope(dataset, clientId, batchId), Sender(request, version), wait, cancellationToken);
        return Result(reply, dataset, clientId, prefer);
    }

    private BatchSender Sender(HttpRequest request, int schemaVersion)
    {
        var caller = request.HttpContext.Caller();
        return new BatchSender(caller.Sub, stores.RolesOf(caller), stores.ScopeOf(caller) with { SchemaVersion = schemaVersion });
    }

    private IResult Result(BatchReply reply, string dataset, string clientId, PreferHeader prefer) => reply switch
    {
        { Answer: { } answer } => new BatchAnswerResult(answer) { Dataset = dataset, ClientId = clientId, Now = time.GetUtcNow(), Prefer = prefer },
        { Problem: { } problem } => new ProblemResult(Describe(problem, reply.ExpectedSeq)),
        _ => new ProblemResult(new Problem(Problems.NotFound, "There is no such batch, or its outcomes are no longer kept.")),
    };

    private static Problem Describe(string problem, long expectedSeq) => problem switch
    {
        Problems.SequenceGap => new Problem(problem, $"The first change that is not known yet must have seq {expectedSeq}.")
        {
            Extensions = new Dictionary<string, object> { ["expectedSeq"] = expectedSeq },
        },
        Problems.ClientUnknown => new Problem(problem, "This client id is not known here: it must begin at seq 1.")
        {
            Extensions = new Dictionary<string, object> { ["expectedSeq"] = expectedSeq },
        },
        Problems.ClientForked => new Problem(problem, "A seq came back with another content: this client's data was copied or restored. Go on under a new client id."),
        Problems.ClientOfAnother => new Problem(problem, "This client id belongs to another user."),
        Problems.EpochChanged => new Problem(problem, "The log was begun anew since this client last read it. Read the snapshot, then send the batch again without epoch or with the new one."),
        Problems.BatchIdReused => new Problem(problem, "This batch id was used for another batch."),
        Problems.ClusterUnavailable => new Problem(problem, "The batch is settled, and a record in effect that its answer needs cannot be read now. Ask again.") { RetryAfter = RetryAfter },
        _ => new Problem(problem, "The batch cannot be taken."),
    };
}
