using MyriadSync.ChangeLog;
using MyriadSync.Contracts;
using MyriadSync.Contracts.Keys;
using MyriadSync.Orchestration.Stages;
using MyriadSync.Poison;

namespace MyriadSync.Orchestration.Redrives;

/// <summary>Looks at a job's row again, and takes it over now that its store, or the job, was mended.</summary>
internal sealed class RowRedrive(IChangeLog log, OperatorStage stage) : IRedrive
{
    public string Kind => PoisonKinds.Row;

    public async Task<RedriveVerdict?> FindDoneAsync(PoisonEntry entry, CancellationToken cancellationToken) =>
        await log.ReadDoneAsync(entry.Item.Dataset, DoneId(entry), cancellationToken) is { } done ? Verdict(done) : null;

    public async Task<RedriveVerdict> RunAsync(PoisonEntry entry, string sub, string traceParent, CancellationToken cancellationToken)
    {
        if (!RecordKey.TryDecode(entry.Item.Key, out var key))
        {
            return RedriveVerdict.Failed("not-a-key", "The entry names no record.");
        }

        var answer = await stage.CommitAsync(
            entry.Item.Dataset,
            new OperatorRequest
            {
                Record = new RecordId(entry.Item.Store, key),
                DoneId = DoneId(entry),
                Cause = entry.Item.PoisonId,
                Sub = sub,
                TraceParent = traceParent,
                Adopts = true,
                Decide = (window, basis) => Decide(window, basis, new RecordId(entry.Item.Store, key)),
            },
            cancellationToken);
        return answer switch
        {
            { Done: { } done } => Verdict(done),
            { Refusal: { } failure } => new RedriveVerdict { Failure = failure },
            _ => RedriveVerdict.Wait(answer.WaitReason!),
        };
    }

    /// <summary>There is nothing to take over: the row cannot be read still, or holds what the log says.</summary>
    private static OperatorDecision Decide(LogWindow window, CommitBasis basis, RecordId record) => basis.States[record] switch
    {
        { Rewrite: true } when window.Held(record) is null => OperatorDecision.Refuse(RowStates.UnreadableCell, "The row still has a cell that its store cannot read."),
        { NewestCell: var newest } when newest > basis.FutureFrom => OperatorDecision.Refuse(WaitReasons.CellInFuture, Presets.CellInFuture),
        _ => new OperatorDecision { Done = new DoneRow { Id = "", Note = "The row holds nothing that the log does not know." } },
    };

    private static string DoneId(PoisonEntry entry) => "redrive|" + entry.Item.PoisonId;

    private static RedriveVerdict Verdict(DoneRow done) => RedriveVerdict.Done(done.Note.Length > 0 ? done.Note : "The row was taken over.") with { Rev = done.Rev };
}
