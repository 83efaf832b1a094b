using MyriadSync.Contracts;
using MyriadSync.Pipeline.Resolve;
using static MyriadSync.UnitTests.Pipeline.Resolve.Build;

namespace MyriadSync.UnitTests.Pipeline.Resolve;

public sealed class BatchResolverTests
{
    private const long Server = 1000;

    [Fact]
    public void Resolve_PutOfNewRecord_IsApplied()
    {
        var resolved = Run(RecordState.Absent, Put("""{"n":1}"""));

        Assert.Equal(Outcome.Applied, resolved.Changes[0].Outcome);
        Assert.Equal("""{"n":1}""", Json(Assert.Single(resolved.Effects).After));
    }

    [Fact]
    public void Resolve_EditOnCurrentBase_WinsWhateverItsClockSays()
    {
        var resolved = Run(State(17, """{"n":1}""", at: 900, by: "b"), Put("""{"n":2}""", at: 5, @base: 17));

        Assert.Equal(Outcome.Applied, resolved.Changes[0].Outcome);
        Assert.True(string.CompareOrdinal(resolved.Effects[0].After.At, At(900, "b").ToString()) > 0);
    }

    [Theory]
    [InlineData(40, Outcome.Superseded, """{"n":1}""")]
    [InlineData(60, Outcome.Applied, """{"n":2}""")]
    public void Resolve_ConcurrentPut_LaterTimeWins(long at, Outcome outcome, string stays)
    {
        var resolved = Run(State(18, """{"n":1}""", at: 50, by: "b"), Put("""{"n":2}""", at, @base: 17));

        Assert.Equal(outcome, resolved.Changes[0].Outcome);
        Assert.Equal(stays, resolved.Effects.Count == 0 ? """{"n":1}""" : Json(resolved.Effects[0].After));
    }

    [Fact]
    public void Resolve_ConcurrentPatchThatIsLater_IsMergedIntoTheOther()
    {
        var resolved = Run(State(18, """{"done":false,"title":"B"}""", at: 50, by: "b"), Set("/done", "true", at: 60, @base: 17));

        Assert.Equal(Outcome.Merged, resolved.Changes[0].Outcome);
        Assert.Equal("""{"done":true,"title":"B"}""", Json(resolved.Effects[0].After));
    }

    [Fact]
    public void Resolve_PatchWithBaseOfPurgedRecord_IsNeverACreate()
    {
        var resolved = Run(RecordState.Absent, Set("/done", "true", @base: 17));

        Assert.Equal(Outcome.Superseded, resolved.Changes[0].Outcome);
        Assert.Empty(resolved.Effects);
    }

    [Fact]
    public void Resolve_PutWithBaseOfPurgedRecord_IsNeverACreate()
    {
        var resolved = Run(RecordState.Absent, Put("""{"n":1}""", at: 900, @base: 17));

        Assert.Equal(Outcome.Superseded, resolved.Changes[0].Outcome);
        Assert.Empty(resolved.Effects);
    }

    [Fact]
    public void Resolve_TwoEditsOfOneClientOnTheSameOldBase_DoNotConflictWithEachOther()
    {
        var first = Set("/a", "1", at: 60, @base: 17, seq: 41);
        var second = Set("/b", "2", at: 61, @base: 17, seq: 42);

        var together = Run(State(17, "{}", at: 50, by: "b"), first, second);
        var apart = Run(State(30, """{"a":1}""", at: 60, by: "a"), second);

        Assert.All(together.Changes, change => Assert.Equal(Outcome.Applied, change.Outcome));
        Assert.Equal("""{"a":1,"b":2}""", Json(Assert.Single(together.Effects).After));
        Assert.Equal("""{"a":1,"b":2}""", Json(apart.Effects[0].After));
    }

    [Fact]
    public void Resolve_ChangeOnTopOfARefusedOne_SharesItsFate()
    {
        var resolved = Run(State(17, """{"n":"text"}""", at: 50, by: "b"), Inc("/n", 1, at: 60, @base: 17, seq: 1), Set("/m", "1", at: 61, @base: 17, seq: 2));

        Assert.Equal([Outcome.Rejected, Outcome.Rejected], resolved.Changes.Select(change => change.Outcome));
        Assert.Equal("/changes/0/inc/~1n", resolved.Changes[0].Pointer);
        Assert.Equal(BatchResolver.PredecessorRefused, resolved.Changes[1].Reason);
        Assert.Empty(resolved.Effects);
    }

    [Fact]
    public void Resolve_OneChangeRefusedBeforehand_NeighboursGoOn()
    {
        var bad = Put("{}", key: "bad", seq: 1) with { Refusal = new Refusal("value-too-large", "/changes/0/value", "") };
        var resolved = Run(RecordState.Absent, bad, Put("""{"n":1}""", seq: 2));

        Assert.Equal([Outcome.Rejected, Outcome.Applied], resolved.Changes.Select(change => change.Outcome));
        Assert.Single(resolved.Effects);
    }

    [Fact]
    public void Resolve_AtomicBatchWithOneFailure_TakesEverythingBack()
    {
        var resolved = Run(
            new Dictionary<RecordId, RecordState> { [Id("k")] = RecordState.Absent, [Id("l")] = State(3, """{"n":"x"}""", 10, "b") },
            atomic: true,
            Put("""{"n":1}""", seq: 1),
            Inc("/n", 1, @base: 3, seq: 2, key: "l"));

        Assert.Equal([Outcome.Rejected, Outcome.Rejected], resolved.Changes.Select(change => change.Outcome));
        Assert.Equal(BatchResolver.AtomicFailed, resolved.Changes[0].Reason);
        Assert.Equal("not-a-number", resolved.Changes[1].Reason);
        Assert.Empty(resolved.Effects);
    }

    [Fact]
    public void Resolve_PutAndDeleteOfANewRecord_LeavesNothing()
    {
        var resolved = Run(RecordState.Absent, Put("""{"n":1}""", seq: 1), Delete(at: 51, seq: 2));

        Assert.Equal([Outcome.Applied, Outcome.Applied], resolved.Changes.Select(change => change.Outcome));
        Assert.Empty(resolved.Effects);
    }

    [Fact]
    public void Resolve_EqualState_IsAcceptedWithoutAnEntry()
    {
        var resolved = Run(State(18, """{"n":1}""", at: 40, by: "b"), Put("""{"n":1}""", at: 60, @base: 17));

        Assert.Equal(Outcome.Applied, resolved.Changes[0].Outcome);
        Assert.Empty(resolved.Effects);
    }

    [Fact]
    public void Resolve_ClockAnHourAhead_IsClampedInOrder()
    {
        var resolved = Run(
            new Dictionary<RecordId, RecordState> { [Id("k")] = RecordState.Absent, [Id("l")] = RecordState.Absent },
            atomic: false,
            Put("""{"n":1}""", at: Server + 3_600_000, seq: 1),
            Put("""{"n":1}""", at: Server + 3_600_001, seq: 2, key: "l"));

        Assert.True(HybridTime.TryParse(resolved.Effects[0].After.At, out var first));
        Assert.True(HybridTime.TryParse(resolved.Effects[1].After.At, out var second));
        Assert.Equal(Server, first.Milliseconds);
        Assert.True(second > first);
    }

    [Fact]
    public void Resolve_PolicyThrows_PoisonsTheChangeAndGoesOn()
    {
        var broken = new BatchResolver(store => new Broken());

        var resolved = broken.Resolve([Put("""{"n":1}""")], new Dictionary<RecordId, RecordState> { [Id("k")] = RecordState.Absent }, new Dictionary<long, ResolvedChange>(), Build.Settings());

        Assert.Equal(Outcome.Poisoned, resolved.Changes[0].Outcome);
        Assert.Empty(resolved.Effects);
    }

    [Theory]
    [InlineData("""{"n":1}""")]
    [InlineData(null)]
    public void Resolve_ForcedPatch_WinsOverLaterEditAndDeletion(string? current)
    {
        var states = new Dictionary<RecordId, RecordState> { [Id("k")] = State(18, current, at: 900, by: "b") };

        var resolved = new BatchResolver(_ => StorePolicy.LastWriteWins)
            .Resolve([Set("/n", "2", at: 5, @base: 17)], states, new Dictionary<long, ResolvedChange>(), Build.Settings() with { Force = true });

        Assert.Equal("""{"n":2}""", Json(Assert.Single(resolved.Effects).After));
    }

    [Fact]
    public void Resolve_RedrivenEditOlderThanTheClientsOwnLaterOne_Loses()
    {
        var states = new Dictionary<RecordId, RecordState> { [Id("k")] = State(18, """{"n":1}""", at: 60, by: "a") };

        var resolved = new BatchResolver(_ => StorePolicy.LastWriteWins)
            .Resolve([Put("""{"n":2}""", at: 50, @base: 17)], states, new Dictionary<long, ResolvedChange>(), Build.Settings() with { OutOfOrder = true });

        Assert.Equal(Outcome.Superseded, resolved.Changes[0].Outcome);
    }

    private static RecordId Id(string key) => new("s", Key(key));

    private static ResolvedBatch Run(RecordState state, params Change[] changes) => Run(
        changes.Select(change => new RecordId(change.Store, change.Key)).Distinct().ToDictionary(record => record, _ => state), atomic: false, changes);

    private static ResolvedBatch Run(Dictionary<RecordId, RecordState> states, bool atomic, params Change[] changes) =>
        new BatchResolver(_ => StorePolicy.LastWriteWins).Resolve(changes, states, new Dictionary<long, ResolvedChange>(), Build.Settings() with { Atomic = atomic, FirstSeq = changes[0].Seq });

    private sealed class Broken : IConflictPolicy
    {
        public Resolution Resolve(RecordState current, Change change, ChangeContext context) => throw new InvalidOperationException("defect");
    }
}
