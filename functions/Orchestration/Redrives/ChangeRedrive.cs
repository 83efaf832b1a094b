using Microsoft.Extensions.Options;
using MyriadSync.ChangeLog;
using MyriadSync.Conflicts;
using MyriadSync.Contracts;
using MyriadSync.Contracts.Keys;
using MyriadSync.Contracts.Wire;
using MyriadSync.Orchestration.Stages;
using MyriadSync.Payloads;
using MyriadSync.Pipeline.Resolve;
using MyriadSync.Pipeline.Transform;
using MyriadSync.Poison;

namespace MyriadSync.Orchestration.Redrives;

/// <summary>
/// Sends a client's parked change through the pipeline anew: its author, time and base as they were, against the record as it is now. What the client
/// did to the record since counts like anybody else's work, so that an old edit does not undo a newer one.
/// </summary>
internal sealed class ChangeRedrive(
    IChangeLog log, IPayloadStore payloads, ChangeTransformer transformer, BatchResolver resolver, OperatorStage stage, CommitFactory factory, ConflictFeed conflicts, TimeProvider time,
    IOptions<SyncLimits> limits) : IRedrive
{
    public string Kind => PoisonKinds.Change;

    public async Task<RedriveVerdict?> FindDoneAsync(PoisonEntry entry, CancellationToken cancellationToken) =>
        await log.ReadDoneAsync(entry.Item.Dataset, DoneId(entry), cancellationToken) is { } done ? await ConcludeAsync(entry, done, cancellationToken) : null;

    public async Task<RedriveVerdict> RunAsync(PoisonEntry entry, string sub, string traceParent, CancellationToken cancellationToken)
    {
        if (await payloads.GetAsync(entry.Item.Payload, cancellationToken) is not { } payload)
        {
            return RedriveVerdict.Failed("item-gone", "The item is no longer kept.");
        }

        var item = ParkedCodec.Read(payload, limits.Value);
        var sent = new Batch { SchemaVersion = item.SchemaVersion, ClientId = item.ClientId, BatchId = entry.Item.BatchId, Changes = item.Changes, BodyHash = "" };

        // Whether the client may write the store was settled when it sent the change.
        var batch = transformer.Transform(entry.Item.Dataset, sent, roles: null);
        var change = batch.Changes[0];
        if (change.Refusal is { } refusal)
        {
            return RedriveVerdict.Failed(refusal.Reason, refusal.Detail);
        }

        var answer = await stage.CommitAsync(
            entry.Item.Dataset,
            new OperatorRequest
            {
                Record = new RecordId(change.Store, change.Key),
                Expected = change.Base is not null,
                DoneId = DoneId(entry),
                Cause = entry.Item.PoisonId,
                Sub = sub,
                TraceParent = traceParent,
                Decide = (_, basis) => Decide(entry.Item.Dataset, batch, change, basis),
            },
            cancellationToken);
        return answer switch
        {
            { Done: { } done } => await ConcludeAsync(entry, done, cancellationToken),
            { Refusal: { } failure } => new RedriveVerdict { Failure = failure },
            _ => RedriveVerdict.Wait(answer.WaitReason!),
        };
    }

    private static string DoneId(PoisonEntry entry) => "redrive|" + entry.Item.PoisonId;

    private OperatorDecision Decide(string dataset, Batch batch, Change change, CommitBasis basis)
    {
        var preset = Presets.Of([change], new HashSet<long>(), new HashSet<RecordId>(), new Dictionary<RecordId, StoredOutcome>(), basis.States, basis.FutureFrom);
        var settings = factory.Settings(basis, batch.ClientId, change.Seq, atomic: false) with { OutOfOrder = true };
        var resolved = resolver.Resolve([change], basis.States, preset, settings);
        var outcome = resolved.Changes[0];
        return outcome.Outcome is Outcome.Rejected or Outcome.Poisoned || outcome is { Outcome: Outcome.Conflict, Park: false }
            ? OperatorDecision.Refuse(outcome.Reason ?? "conflict", outcome.Detail ?? "The store's policy leaves the conflict to the client.")
            : new OperatorDecision { Effects = resolved.Effects, Done = Done(batch, dataset, outcome) };
    }

    private static DoneRow Done(Batch batch, string dataset, ResolvedChange outcome) => new()
    {
        Id = "",
        Outcome = outcome.Outcome,
        Note = outcome.Detail ?? "",
        ConflictId = outcome.Park ? BatchScope.ConflictId(dataset, batch.ClientId, outcome.Change.Seq) : null,
        Parked = outcome.Park ? OutcomeBuilder.Park(batch.SchemaVersion, batch.ClientId, [outcome]) : null,
    };

    /// <summary>A conflict that the redrive ended in comes to its table from the done row, by whoever reads that first.</summary>
    private async Task<RedriveVerdict> ConcludeAsync(PoisonEntry entry, DoneRow done, CancellationToken cancellationToken)
    {
        if (done is { ConflictId: { } conflictId, Parked: { } parked } && RecordKey.TryDecode(entry.Item.Key, out var key))
        {
            var client = await log.ReadClientAsync(entry.Item.Dataset, entry.Item.ClientId, cancellationToken);
            await conflicts.SendAsync(
                new ConflictEntry
                {
                    Dataset = entry.Item.Dataset,
                    ConflictId = conflictId,
                    Record = new RecordId(entry.Item.Store, key),
                    ClientId = entry.Item.ClientId,
                    Sub = client?.Sub ?? "",
                    BatchId = entry.Item.BatchId,
                    Seq = entry.Item.Seq,
                    LastSeq = entry.Item.Seq,
                    Reason = entry.Item.Reason,
                    ParkedAt = time.GetUtcNow(),
                    TraceParent = entry.Item.TraceParent,
                },
                parked,
                cancellationToken);
        }

        return RedriveVerdict.Done(done.Note) with { Outcome = done.Outcome, Rev = done.Rev, ConflictId = done.ConflictId };
    }
}
