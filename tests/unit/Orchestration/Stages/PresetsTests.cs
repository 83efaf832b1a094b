using MyriadSync.ChangeLog;
using MyriadSync.Contracts;
using MyriadSync.Orchestration.Stages;
using MyriadSync.Pipeline.Resolve;
using MyriadSync.UnitTests.Pipeline.Resolve;

namespace MyriadSync.UnitTests.Orchestration.Stages;

public sealed class PresetsTests
{
    private static readonly RecordId Record = new("s", Build.Key("k"));

    [Fact]
    public void Of_RecordRefusedInAnEarlierCommitOfTheBatch_SharesItsFate()
    {
        var refused = new Dictionary<RecordId, StoredOutcome> { [Record] = new() { Seq = 1, Digest = new byte[16], Outcome = Outcome.Rejected, Rev = 0, Record = Record } };

        var decided = Decide([Build.Put("{}", seq: 2), Build.Put("{}", seq: 3, key: "other")], refused: refused);

        var only = Assert.Single(decided);
        Assert.Equal((2, Outcome.Rejected, BatchResolver.PredecessorRefused), (only.Key, only.Value.Outcome, only.Value.Reason));
    }

    [Fact]
    public void Of_CellFarInTheFuture_ParksThatRecordOnly()
    {
        var states = new Dictionary<RecordId, RecordState>
        {
            [Record] = Build.State(3, "{}", 5, "b") with { NewestCell = 2000 },
            [new RecordId("s", Build.Key("other"))] = RecordState.Absent,
        };

        var decided = Decide([Build.Put("{}", seq: 2), Build.Put("{}", seq: 3, key: "other")], states: states);

        Assert.Equal(Outcome.Poisoned, Assert.Single(decided).Value.Outcome);
    }

    [Fact]
    public void Of_RecordThatFitsNoRow_IsRejectedByName()
    {
        var decided = Decide([Build.Put("{}", seq: 2)], tooLarge: [2]);

        Assert.Equal((Outcome.Rejected, "record-too-large"), (decided[2].Outcome, decided[2].Reason));
    }

    [Fact]
    public void Of_AJobMadeTheRecordTooLarge_ParksTheChange()
    {
        var change = Build.Put("{}", seq: 2);

        var decided = Decide([change], unadoptable: [new RecordId(change.Store, change.Key)]);

        Assert.Equal((Outcome.Poisoned, "record-too-large"), (decided[2].Outcome, decided[2].Reason));
    }

    private static Dictionary<long, ResolvedChange> Decide(
        Change[] changes, HashSet<long>? tooLarge = null, HashSet<RecordId>? unadoptable = null, Dictionary<RecordId, StoredOutcome>? refused = null, Dictionary<RecordId, RecordState>? states = null) =>
        Presets.Of(
            changes,
            tooLarge ?? [],
            unadoptable ?? [],
            refused ?? [],
            states ?? changes.ToDictionary(change => new RecordId(change.Store, change.Key), _ => RecordState.Absent),
            futureFrom: 1000);
}
