using MyriadSync.Contracts;
using MyriadSync.Contracts.Resolvers;
using MyriadSync.Contracts.Stores;
using MyriadSync.Contracts.Values;
using MyriadSync.Pipeline.Resolve;
using MyriadSync.Pipeline.Transform;
using MyriadSync.UnitTests.Pipeline.Resolve.Laws;
using static MyriadSync.UnitTests.Pipeline.Resolve.Build;

namespace MyriadSync.UnitTests.Pipeline.Resolve;

public sealed class StorePolicyTests
{
    private const string Theirs = """{"due":"B","title":"B","votes":3}""";

    public static TheoryData<ConflictPolicy> Policies => new(LawStores.All.Where(policy => policy != ConflictPolicy.Custom));

    [Theory]
    [InlineData(ConflictPolicy.LastWriteWins, 90, Outcome.Merged, null, """{"due":"B","title":"A","votes":4}""")]
    [InlineData(ConflictPolicy.LastWriteWins, 10, Outcome.Merged, "partly-superseded", """{"due":"B","title":"B","votes":4}""")]
    [InlineData(ConflictPolicy.FieldMerge, 10, Outcome.Merged, "partly-superseded", """{"due":"B","title":"B","votes":4}""")]
    [InlineData(ConflictPolicy.ClientWins, 10, Outcome.Merged, null, """{"due":"B","title":"A","votes":4}""")]
    [InlineData(ConflictPolicy.ServerWins, 90, Outcome.Merged, "partly-superseded", """{"due":"B","title":"B","votes":4}""")]
    [InlineData(ConflictPolicy.Reject, 90, Outcome.Conflict, "partly-applied", """{"due":"B","title":"B","votes":4}""")]
    [InlineData(ConflictPolicy.Manual, 90, Outcome.Conflict, "partly-applied", """{"due":"B","title":"B","votes":4}""")]
    public void Resolve_ConcurrentPatchWithAnIncrement_CountsWhateverBecomesOfTheRest(ConflictPolicy policy, long at, Outcome outcome, string? reason, string record)
    {
        var change = Patch(new PatchBody { Set = [new("/title", Utf8("\"A\""))], Inc = [new("/votes", Utf8("1"))] }, at, @base: 17);

        var resolved = Resolve(policy, State(18, Theirs, at: 50, by: "b"), change);

        Assert.Equal((outcome, reason), (resolved.Changes[0].Outcome, resolved.Changes[0].Reason));
        Assert.Equal(record, Json(Assert.Single(resolved.Effects).After));
    }

    [Theory]
    [InlineData(ConflictPolicy.Reject)]
    [InlineData(ConflictPolicy.Manual)]
    public void Resolve_ConflictInAnAtomicBatch_SaysOfNothingThatItHasTakenEffect(ConflictPolicy policy)
    {
        var change = Patch(new PatchBody { Set = [new("/title", Utf8("\"A\""))], Inc = [new("/votes", Utf8("1"))] }, at: 90, @base: 17);
        var states = new Dictionary<RecordId, RecordState> { [change.Record!.Value] = State(18, Theirs, at: 50, by: "b") };

        var resolved = LawStores.Resolver(policy).Resolve([change], states, new Dictionary<long, ResolvedChange>(), Settings() with { Atomic = true });

        Assert.Equal((Outcome.Conflict, "concurrent-edit"), (resolved.Changes[0].Outcome, resolved.Changes[0].Reason));
        Assert.Empty(resolved.Effects);
    }

    [Fact]
    public void Resolve_PutMeetsARecordThatAPatchCreatedByCounting_LeavesTheCounter()
    {
        var server = new LawServer(ConflictPolicy.ClientWins);
        server.Push("b", [Inc("/votes", 8, at: 40, client: "b")]);

        server.Push("a", [Put("""{"title":"A"}""", at: 50)]);

        Assert.Equal("""{"title":"A","votes":8}""", Json(server.States.Single()));
    }

    [Theory]
    [InlineData("""{"title":"B","votes":2}""")]
    [InlineData("""{"due":"B","title":0,"votes":2}""")]
    public void Resolve_PutAfterAnotherThatCarriedTheCounterAlong_LeavesWhatWasCounted(string carrying)
    {
        var server = new LawServer(ConflictPolicy.ClientWins);
        server.Push("c", [Put("""{"title":0}""", at: 10, client: "c")]);
        server.Push("c", [Inc("/votes", 1, at: 11, @base: 1, client: "c", seq: 2)]);
        server.Push("d", [Inc("/votes", 1, at: 12, @base: 2, client: "d")]);
        server.Push("b", [Put(carrying, at: 13, @base: 3, client: "b")]);

        server.Push("a", [Put("""{"title":"A","votes":1}""", at: 50, @base: 2)]);

        Assert.Contains("\"votes\":2", Json(server.States.Single()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Resolve_FieldMergeOfAnObject_SaysThatAPlaceInItLost(bool put)
    {
        var server = new LawServer(ConflictPolicy.FieldMerge);
        server.Push("start", [Put("""{"obj":{"a":0,"b":0}}""", at: 10, client: "start")]);
        server.Push("b", [Set("/obj/a", "1", at: 60, @base: 1, client: "b")]);

        var (resolved, _) = server.Push("a", [put ? Put("""{"obj":{"a":2,"b":2}}""", at: 50, @base: 1) : Set("/obj", """{"a":2,"b":2}""", at: 50, @base: 1)])[0];

        Assert.Equal((Outcome.Merged, "partly-superseded"), (resolved.Outcome, resolved.Reason));
        Assert.Equal("""{"obj":{"a":1,"b":2}}""", Json(server.States.Single()));
    }

    [Fact]
    public void Resolve_PutThatAPersonLetsWin_LeavesWhatWasCountedSince()
    {
        var server = new LawServer(ConflictPolicy.Manual);
        server.Push("c", [Put("""{"title":0}""", at: 10, client: "c")]);
        server.Push("c", [Patch(new PatchBody { Inc = [new("/votes", Utf8("1"))], Add = [new("/tags", [Utf8("\"x\"")])] }, at: 11, @base: 1, client: "c", seq: 2)]);
        server.Push("b", [Patch(new PatchBody { Inc = [new("/votes", Utf8("4"))], Add = [new("/tags", [Utf8("\"y\"")])] }, at: 12, @base: 2, client: "b")]);
        var record = server.States.Single();
        var put = Put("""{"tags":["x"],"title":"A","votes":1}""", at: 50, @base: 2, client: "operator");

        var resolved = LawStores.Resolver(ConflictPolicy.Manual)
            .Resolve([put], new Dictionary<RecordId, RecordState> { [put.Record!.Value] = record }, new Dictionary<long, ResolvedChange>(), Settings("operator") with { Force = true });

        Assert.Equal("""{"tags":["x","y"],"title":"A","votes":5}""", Json(Assert.Single(resolved.Effects).After));
    }

    [Fact]
    public void Resolve_RemoveAfterAPutThatCarriedTheSetAlong_TakesWhatItKnew()
    {
        var server = new LawServer(ConflictPolicy.ClientWins);
        server.Push("c", [Put("""{"title":0}""", at: 10, client: "c")]);
        server.Push("c", [Add("/tags", "\"x\"", at: 11, @base: 1, client: "c", seq: 2)]);
        server.Push("b", [Put("""{"tags":["x"],"title":"B"}""", at: 13, @base: 2, client: "b")]);

        server.Push("a", [Remove("/tags", "\"x\"", at: 50, @base: 2)]);

        Assert.Equal("""{"tags":[],"title":"B"}""", Json(server.States.Single()));
    }

    [Fact]
    public void Resolve_ManualConflict_ParksBothSidesWithoutWhatHasTakenEffect()
    {
        var change = Patch(new PatchBody { Set = [new("/title", Utf8("\"A\""))], Inc = [new("/votes", Utf8("1"))] }, at: 90, @base: 17);

        var resolved = Resolve(ConflictPolicy.Manual, State(18, Theirs, at: 50, by: "b"), change, Set("/due", "\"A\"", at: 91, @base: 17, seq: 2)).Changes;

        Assert.All(resolved, parked => Assert.True(parked.Park));
        Assert.Empty(resolved[0].Parked!.Patch!.Inc);
        Assert.Equal(Theirs, Json(resolved[0].Theirs!));
        Assert.Equal("""{"due":"B","title":"A","votes":4}""", Json(resolved[0].Ours!));
        Assert.Equal("""{"due":"A","title":"A","votes":4}""", Json(resolved[1].Ours!));
    }

    [Fact]
    public void Resolve_PatchThatAPersonLetsWin_MakesWayForItselfWhereTheObjectBecameSomethingElse()
    {
        var change = Set("/obj/a", "1", at: 90, @base: 17);
        var states = new Dictionary<RecordId, RecordState> { [change.Record!.Value] = State(18, """{"obj":"B"}""", at: 50, by: "b") };

        var parked = LawStores.Resolver(ConflictPolicy.Manual).Resolve([change], states, new Dictionary<long, ResolvedChange>(), Settings());
        var forced = LawStores.Resolver(ConflictPolicy.Manual).Resolve([change], states, new Dictionary<long, ResolvedChange>(), Settings() with { Force = true });

        Assert.Equal("""{"obj":{"a":1}}""", Json(parked.Changes[0].Ours!));
        Assert.Equal("""{"obj":{"a":1}}""", Json(Assert.Single(forced.Effects).After));
    }

    [Fact]
    public void Resolve_FieldMerge_EachFieldByItsOwnClock()
    {
        var server = new LawServer(ConflictPolicy.FieldMerge);
        server.Push("start", [Put("""{"due":0,"obj":{"a":0,"b":0},"title":0}""", at: 10, client: "start")]);

        server.Push("b", [Patch(new PatchBody { Set = [new("/title", Utf8("1")), new("/obj/a", Utf8("1"))] }, at: 50, @base: 1, client: "b")]);
        var (resolved, _) = server.Push("a", [Patch(new PatchBody { Set = [new("/title", Utf8("2")), new("/due", Utf8("2")), new("/obj/b", Utf8("2"))] }, at: 40, @base: 1)])[0];

        Assert.Equal((Outcome.Merged, "partly-superseded"), (resolved.Outcome, resolved.Reason));
        Assert.Equal("""{"due":2,"obj":{"a":1,"b":2},"title":1}""", Json(server.States.Single()));
    }

    [Fact]
    public void Resolve_PutThatDoesNotKnowANewField_DoesNotTakeItAway()
    {
        var server = new LawServer(ConflictPolicy.FieldMerge);
        server.Push("start", [Put("""{"gone":0,"title":0}""", at: 10, client: "start")]);

        server.Push("b", [Set("/due", "1", at: 50, @base: 1, client: "b")]);
        server.Push("a", [Put("""{"title":2}""", at: 60, @base: 1)]);

        Assert.Equal("""{"due":1,"title":2}""", Json(server.States.Single()));
    }

    [Theory]
    [InlineData(60, """{"n":"a"}""", Outcome.Applied)]
    [InlineData(40, """{"n":"b"}""", Outcome.Superseded)]
    public void Resolve_TwoClientsCreateTheSameKey_SettledLikeAnyEdit(long at, string stays, Outcome outcome)
    {
        var server = new LawServer(ConflictPolicy.FieldMerge);
        server.Push("b", [Put("""{"n":"b"}""", at: 50, client: "b")]);

        var (resolved, _) = server.Push("a", [Put("""{"n":"a"}""", at)])[0];

        Assert.Equal((outcome, stays), (resolved.Outcome, Json(server.States.Single())));
    }

    [Theory]
    [MemberData(nameof(Policies))]
    public void Resolve_EqualState_IsAcceptedUnderEveryPolicy(ConflictPolicy policy)
    {
        var resolved = Resolve(policy, State(18, Theirs, at: 50, by: "b"), Put(Theirs, at: 40, @base: 17));

        Assert.Equal(Outcome.Applied, resolved.Changes[0].Outcome);
        Assert.Empty(resolved.Effects);
    }

    [Theory]
    [InlineData("9007199254740991", "1", "9007199254740992", null)]
    [InlineData("""{"$bigint":"9007199254740993"}""", """{"$bigint":"1"}""", """{"$bigint":"9007199254740994"}""", null)]
    [InlineData("""{"$bigint":"1"}""", "1", null, "not-a-number")]
    public void Resolve_Increment_IsExact(string before, string delta, string? after, string? reason)
    {
        var change = Patch(new PatchBody { Inc = [new("/votes", Utf8(delta))] }, @base: 17);

        var resolved = Resolve(ConflictPolicy.FieldMerge, State(18, $$"""{"votes":{{before}}}""", at: 50, by: "b"), change);

        Assert.Equal(reason, resolved.Changes[0].Reason);
        Assert.Equal(after is null ? null : $$"""{"votes":{{after}}}""", resolved.Effects.Count > 0 ? Json(resolved.Effects[0].After) : null);
    }

    [Fact]
    public void Resolve_ShapedOtherwise_IsMergedWithWhatTheClusterHolds()
    {
        var resolver = new BatchResolver(_ => StorePolicy.LastWriteWins, new Shaper(value => new ShapedValue(value.With("v", "1"u8.ToArray()), null)));

        var resolved = Resolve(resolver, RecordState.Absent, Put("""{"n":1}"""));

        Assert.Equal(Outcome.Merged, resolved.Changes[0].Outcome);
        Assert.Equal("""{"n":1,"v":1}""", Json(Assert.Single(resolved.Effects).After));
    }

    [Theory]
    [InlineData(false, Outcome.Rejected, "/changes/0/set/~1n")]
    [InlineData(true, Outcome.Poisoned, null)]
    public void Resolve_ShapeRefused_StoresNothing(bool failed, Outcome outcome, string? pointer)
    {
        var resolver = new BatchResolver(_ => StorePolicy.LastWriteWins, new Shaper(_ => new ShapedValue(null, new Refusal("out-of-domain", "/n", "")) { Failed = failed }));

        var resolved = Resolve(resolver, State(17, "{}", at: 5, by: "b"), Set("/n", "1", @base: 17));

        Assert.Equal((outcome, pointer), (resolved.Changes[0].Outcome, resolved.Changes[0].Pointer));
        Assert.Empty(resolved.Effects);
    }

    [Fact]
    public void Resolve_CustomResolver_DecidesOnceCountersHaveTakenEffect()
    {
        var asked = new Asked();
        var resolver = new BatchResolver(_ => new StorePolicy(asked, LawStores.Kinds));

        var resolved = Resolve(resolver, State(18, Theirs, at: 50, by: "b"), Patch(new PatchBody { Set = [new("/title", Utf8("\"A\""))], Inc = [new("/votes", Utf8("1"))] }, @base: 17));

        Assert.Equal(ConflictKind.EditOfChanged, asked.Edit!.Kind);
        Assert.Equal("""{"due":"B","title":"B","votes":4}""", Json(asked.Edit.Current));
        Assert.Equal("""{"due":"B","title":"both","votes":4}""", Json(Assert.Single(resolved.Effects).After));
    }

    private static ResolvedBatch Resolve(ConflictPolicy policy, RecordState state, params Change[] changes) => Resolve(LawStores.Resolver(policy), state, changes);

    private static ResolvedBatch Resolve(BatchResolver resolver, RecordState state, params Change[] changes) =>
        resolver.Resolve(changes, new Dictionary<RecordId, RecordState> { [changes[0].Record!.Value] = state }, new Dictionary<long, ResolvedChange>(), Settings());

    private sealed class Shaper(Func<RecordValue, ShapedValue> shape) : IValueShaper
    {
        public ShapedValue Shape(string store, RecordValue value) => shape(value);
    }

    private sealed class Asked : IConflictResolver
    {
        public ConcurrentEdit? Edit { get; private set; }

        public ConflictDecision Resolve(ConcurrentEdit edit)
        {
            Edit = edit;
            return ConflictDecision.Replace(edit.Current.Value!.With("title", Utf8("\"both\"")));
        }
    }
}
