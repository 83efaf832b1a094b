using MyriadSync.ChangeLog;
using MyriadSync.Contracts;
using MyriadSync.Contracts.Wire;
using MyriadSync.Orchestration.Stages;
using MyriadSync.Pipeline.Resolve;
using MyriadSync.UnitTests.Pipeline.Resolve;

namespace MyriadSync.UnitTests.Orchestration.Stages;

public sealed class OutcomeBuilderTests
{
    private static readonly RecordState Theirs = Build.State(18, """{"n":1}""", 5, "b");
    private static readonly RecordState Ours = Build.State(18, """{"n":2}""", 6, "a");

    [Fact]
    public void Build_SeveralParkedChangesToARecord_AreOneConflictWithAllOfThem()
    {
        var outcomes = Outcomes(atomic: false, Parked(5, "k"), Parked(6, "other"), Parked(7, "k"));

        var id = BatchScope.ConflictId("d", "a", 5);
        Assert.Equal([id, BatchScope.ConflictId("d", "a", 6), id], outcomes.Select(outcome => outcome.ConflictId));
        Assert.Equal([true, true, false], outcomes.Select(outcome => outcome.Parked is not null));
        var item = ParkedCodec.Read(outcomes[0].Parked!.Value, new SyncLimits());
        Assert.Equal([5, 7], item.Changes.Select(change => change.Seq));
        Assert.Equal((Theirs.Value, Ours.Value), (item.Theirs!.Value, item.Ours!.Value));
    }

    [Fact]
    public void Build_ConflictInAnAtomicBatch_ParksNothing()
    {
        var outcome = Assert.Single(Outcomes(atomic: true, Parked(5, "k")));

        Assert.Equal((Outcome.Conflict, null, null), (outcome.Outcome, outcome.ConflictId, outcome.Parked));
    }

    [Fact]
    public void Build_ConflictLeftToTheClient_ParksNothing()
    {
        var outcome = Assert.Single(Outcomes(atomic: false, Parked(5, "k") with { Parked = null }));

        Assert.Equal((Outcome.Conflict, null, null), (outcome.Outcome, outcome.ConflictId, outcome.Parked));
    }

    [Fact]
    public void Build_PoisonedChange_IsParkedAsItWasSent()
    {
        var outcome = Assert.Single(Outcomes(atomic: false, Parked(5, "k") with { Outcome = Outcome.Poisoned, Parked = null }));

        Assert.Equal(BatchScope.PoisonId("d", "a", 5), outcome.PoisonId);
        var item = ParkedCodec.Read(outcome.Parked!.Value, new SyncLimits());
        Assert.Equal((3, "a", 5), (item.SchemaVersion, item.ClientId, Assert.Single(item.Changes).Seq));
    }

    private static ResolvedChange Parked(long seq, string key)
    {
        var change = Build.Put("{}", seq: seq, key: key);
        return new ResolvedChange { Change = change, Outcome = Outcome.Conflict, Record = new RecordId(change.Store, change.Key), Parked = change, Theirs = Theirs, Ours = Ours };
    }

    private static List<StoredOutcome> Outcomes(bool atomic, params ResolvedChange[] changes)
    {
        var batch = new Batch { SchemaVersion = 3, ClientId = "a", BatchId = "b", Atomic = atomic, BodyHash = "", Changes = [.. changes.Select(change => change.Change)] };
        return OutcomeBuilder.Build("d", batch, new ResolvedBatch { Changes = changes, Effects = [] }, [], new Dictionary<RecordId, RecordState>());
    }
}
