using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using MyriadSync.ChangeLog;
using MyriadSync.Conflicts;
using MyriadSync.Contracts;
using MyriadSync.Contracts.Stores;
using MyriadSync.Contracts.Wire;
using MyriadSync.Orchestration.Stages;
using MyriadSync.Payloads;
using MyriadSync.Pipeline.Resolve;
using MyriadSync.Pipeline.Transform;
using MyriadSync.Reading;

namespace MyriadSync.Orchestration.Resolutions;

/// <summary>
/// Shows conflicts and carries out what persons decide about them. A decision is a commit with a done row of its own: the log says what was decided,
/// the conflict's row only shows it, and whoever asks next mends it after a crash.
/// </summary>
internal sealed class ConflictDesk(
    ConflictTable table,
    IChangeLog log,
    IPayloadStore payloads,
    RecordReader records,
    ChangeTransformer transformer,
    ISchemaVersions versions,
    BatchResolver resolver,
    OperatorStage stage,
    CommitFactory factory,
    ApplyStage apply,
    IApplyQueue queue,
    TimeProvider time,
    IOptions<SyncLimits> limits,
    ILogger<ConflictDesk> logger)
{
    private readonly ResolutionRules _rules = new(resolver);

    /// <summary>A conflict with both sides and the record as it is now.</summary>
    public async Task<ConflictReply> ReadAsync(string dataset, string conflictId, CancellationToken cancellationToken)
    {
        if (await FindAsync(dataset, conflictId, cancellationToken) is not { } entry)
        {
            return new ConflictReply();
        }

        return new ConflictReply
        {
            Entry = entry,
            Item = await payloads.GetAsync(entry.Payload, cancellationToken) is { } payload ? Lifted(entry.Record.Store, ParkedCodec.Read(payload, limits.Value)) : null,
            Current = (await records.ReadAsync(dataset, entry.Record, cancellationToken))?.Record,
        };
    }

    /// <summary>A conflict as the log says that it stands; null: there is none of this id.</summary>
    public async Task<ConflictEntry?> FindAsync(string dataset, string conflictId, CancellationToken cancellationToken)
    {
        while (await table.FindAsync(dataset, conflictId, cancellationToken) is { } entry)
        {
            if (entry.State == ConflictState.Resolved || await log.ReadDoneAsync(dataset, DoneId(conflictId), cancellationToken) is not { } done)
            {
                return entry;
            }

            // Decided in the log, and not marked: a crash came between, or the client's own later change did.
            var mended = Resolved(entry, done, RecordState.Operator);
            if (await table.TryStoreAsync(mended, cancellationToken))
            {
                return mended;
            }
        }

        return null;
    }

    /// <summary>Carries a decision out, once. The same decision again gets the same answer.</summary>
    /// <param name="entry">The conflict, as <see cref="FindAsync"/> gave it.</param>
    /// <param name="decision">The decision.</param>
    /// <param name="sub">Who made it.</param>
    /// <param name="traceParent">W3C trace context.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<ConflictReply> ResolveAsync(ConflictEntry entry, Decision decision, string sub, string traceParent, CancellationToken cancellationToken)
    {
        if (entry.State != ConflictState.Open)
        {
            return Settled(entry, decision);
        }

        if (await payloads.GetAsync(entry.Payload, cancellationToken) is not { } payload)
        {
            return new ConflictReply { Entry = entry, Problem = Problems.ConflictExpired };
        }

        var (changes, refusal) = Checked(entry, decision, ParkedCodec.Read(payload, limits.Value));
        if (refusal is not null)
        {
            return new ConflictReply { Entry = entry, Problem = Problems.ResolutionRefused, Refusal = refusal };
        }

        var answer = await stage.CommitAsync(
            entry.Dataset,
            new OperatorRequest
            {
                Record = entry.Record,
                Expected = decision.Rev > 0,
                DoneId = DoneId(entry.ConflictId),
                Cause = entry.ConflictId,
                Sub = sub,
                TraceParent = traceParent,
                Decide = (_, basis) => _rules.Decide(decision, changes, entry.Record, basis, factory),
            },
            cancellationToken);
        return answer switch
        {
            { Done: { } done } => await ConcludeAsync(entry, done, decision, sub, answer.HeadSeq, cancellationToken),
            { Refusal.Reason: ResolutionRules.Outdated } => new ConflictReply { Entry = entry, Problem = Problems.ConflictOutdated, Current = answer.Met?.InEffect },
            { Refusal: { } refused } => new ConflictReply { Entry = entry, Problem = Problems.ResolutionRefused, Refusal = refused },
            _ => new ConflictReply { Entry = entry, WaitReason = answer.WaitReason },
        };
    }

    private ParkedItem Lifted(string store, ParkedItem item) => item with { Ours = Lifted(store, item.Ours, item.SchemaVersion), Theirs = Lifted(store, item.Theirs, item.SchemaVersion) };

    private RecordInEffect? Lifted(string store, RecordInEffect? side, int version) => side?.Value is null ? side : side with { Value = versions.Convert(store, side.Value, version, 0) };

    private static string DoneId(string conflictId) => "resolve|" + conflictId;

    /// <summary>What was settled before: the same decision is answered as it was then.</summary>
    private static ConflictReply Settled(ConflictEntry entry, Decision decision) => new()
    {
        Entry = entry,
        Problem = entry.State switch
        {
            ConflictState.Resolved when entry.Decision == decision.Note => null,
            ConflictState.Expired => Problems.ConflictExpired,
            _ => Problems.ConflictSettled,
        },
    };

    private (IReadOnlyList<Change> Changes, Refusal? Refusal) Checked(ConflictEntry entry, Decision decision, ParkedItem item)
    {
        var changes = ResolutionRules.Changes(decision, item, entry.Record, time.GetUtcNow().ToUnixTimeMilliseconds());
        if (changes.Count == 0)
        {
            return (changes, null);
        }

        // Who may resolve was asked before; here it is only what the store can take.
        var batch = transformer.Transform(
            entry.Dataset,
            new Batch { SchemaVersion = decision.Take == Take.Value ? versions.Current : item.SchemaVersion, ClientId = RecordState.Operator, BatchId = entry.BatchId, Changes = changes, BodyHash = "" }, roles: null);
        return (batch.Changes, batch.Changes.Select(change => change.Refusal).FirstOrDefault(refusal => refusal is not null));
    }

    private async Task<ConflictReply> ConcludeAsync(ConflictEntry entry, DoneRow done, Decision decision, string sub, long headSeq, CancellationToken cancellationToken)
    {
        var marked = Resolved(entry, done, sub);
        if (!await table.TryStoreAsync(marked, cancellationToken))
        {
            marked = await FindAsync(entry.Dataset, entry.ConflictId, cancellationToken) ?? marked;
        }

        if (done.Note != decision.Note)
        {
            return Settled(marked, decision);
        }

        Logs.Resolved(logger, entry.Dataset, entry.ConflictId, entry.Record.Store, sub, decision.Take);
        if (decision.Take == Take.Value)
        {
            // The whole record was decided, and with it what the client did to it before.
            await table.SupersedeAsync(entry.Dataset, entry.ClientId, new Dictionary<RecordId, long> { [entry.Record] = entry.Seq }, sub, cancellationToken);
        }

        if (decision.Take != Take.Theirs && (await apply.CatchUpAsync(entry.Dataset, headSeq, cancellationToken)).AppliedSeq < headSeq)
        {
            await queue.SendAsync(new ApplyMessage { Dataset = entry.Dataset }, TimeSpan.Zero, cancellationToken);
        }

        return new ConflictReply { Entry = marked };
    }

    private ConflictEntry Resolved(ConflictEntry entry, DoneRow done, string by) => entry with
    {
        State = ConflictState.Resolved,
        Decision = done.Note,
        By = by,
        SettledAt = time.GetUtcNow(),
        Rev = done.Rev,
    };
}
