using CsCheck;
using MyriadSync.ChangeLog;
using MyriadSync.Contracts;
using MyriadSync.Contracts.Stores;
using MyriadSync.Pipeline.Resolve;

namespace MyriadSync.UnitTests.Pipeline.Resolve.Laws;

/// <summary>What holds for the resolver under every policy.</summary>
public sealed class ResolverLaws
{
    public static TheoryData<ConflictPolicy> Policies => new(LawStores.All);

    private static readonly Gen<(Step[], Step, int)> Case = Gen.Select(Step.Many(3, 5), Step.Many(1, 1).Select(steps => steps[0]), Gen.Int[0, 8]);

    /// <summary>The same change on the same state gives the same, however often it is asked: commits that lost a race resolve again.</summary>
    [Theory]
    [MemberData(nameof(Policies))]
    public void Resolve_Again_GivesTheSame(ConflictPolicy policy) => Law.Holds(Case, drawn =>
    {
        var (state, change) = Draw(policy, drawn);

        var first = Resolve(policy, state, change);
        var second = Resolve(policy, state, change);

        Assert.Equal(Print(first), Print(second));
    }, drawn => Step.Print(drawn.Item1.Append(drawn.Item2)) + drawn.Item3);

    /// <summary>What adds nothing up may be made twice: the second time changes nothing.</summary>
    [Theory]
    [MemberData(nameof(Policies))]
    public void Resolve_TheSameEditOnceMore_ChangesNothing(ConflictPolicy policy) => Law.Holds(Case, drawn =>
    {
        var (state, change) = Draw(policy, drawn);
        change = change.Patch is { } patch ? change with { Patch = patch with { Inc = [] } } : change;
        var once = Resolve(policy, state, change);
        var after = once.Effects.Count > 0 ? RecordState.Of(EntryBuilder.Build(once.Effects, 100)[0]) : state;

        var twice = Resolve(policy, after, change with { Seq = 2 });

        var value = twice.Effects.Count > 0 ? twice.Effects[0].After.Value : after.Value;
        Assert.True(policy == ConflictPolicy.Custom || Equals(after.Value, value));
    }, drawn => Step.Print(drawn.Item1.Append(drawn.Item2)) + drawn.Item3);

    /// <summary>A client that knows that nobody touched a record up to some revision may name that one: it says what the record's own says.</summary>
    [Theory]
    [MemberData(nameof(Policies))]
    public void Resolve_BaseAfterTheRecordsRevision_GivesTheSame(ConflictPolicy policy) => Law.Holds(Case, drawn =>
    {
        var (state, change) = Draw(policy, drawn);

        var atRevision = Resolve(policy, state, change with { Base = state.Rev });
        var later = Resolve(policy, state, change with { Base = state.Rev + 1 + drawn.Item3 });

        Assert.Equal(Print(atRevision), Print(later));
    }, drawn => Step.Print(drawn.Item1.Append(drawn.Item2)) + drawn.Item3);

    /// <summary>Edits that were queued offline all name the base of the first; sent in one batch or in several, none is in conflict with another.</summary>
    [Theory]
    [MemberData(nameof(Policies))]
    public void Resolve_OneClientsOwnEditsOnOneBase_NeverConflict(ConflictPolicy policy) => Law.Holds(Step.Many(1, 10), steps =>
    {
        var server = new LawServer(policy);
        server.Push("other", [Build.Put("""{"title":"t","votes":5,"tags":["0"],"obj":{"note":1,"hits":1}}""", at: 9_999, client: "other")]);
        var client = new LawClient("c1", server);
        client.Pull();
        for (var i = 0; i < steps.Length; i++)
        {
            client.Edit(LawEdits.Any(steps[i], 1000 + i));
        }

        var local = client.Local(Build.Key("k"));
        foreach (var step in steps)
        {
            client.Push(1 + (step.Arg % 4));
        }

        Assert.All(server.Outcomes, resolved => Assert.True(resolved.Outcome is Outcome.Applied or Outcome.Merged, $"{resolved.Change.Seq} {resolved.Outcome} {resolved.Reason}"));
        Assert.Equal(local, server.States.Single().Value);
    }, Step.Print);

    /// <summary>What a person is shown as one side of a parked conflict is what comes of letting that side win.</summary>
    [Fact]
    public void Resolve_ParkedChange_ShowsWhatForcingItMakes() => Law.Holds(Case, drawn =>
    {
        var (state, change) = Draw(ConflictPolicy.Manual, drawn);
        var resolved = Resolve(ConflictPolicy.Manual, state, change);
        if (resolved.Changes[0] is not { Parked: { } parked } conflict)
        {
            return;
        }

        var after = resolved.Effects.Count > 0 ? RecordState.Of(EntryBuilder.Build(resolved.Effects, 100)[0]) : state;
        var forced = Resolve(ConflictPolicy.Manual, after, parked, force: true);

        var outcome = forced.Changes[0].Outcome;
        Assert.Equal(outcome == Outcome.Rejected, conflict.Ours is null);
        Assert.Equal(outcome == Outcome.Rejected ? null : forced.Effects.Count > 0 ? forced.Effects[0].After.Value : after.Value, conflict.Ours?.Value);
    }, drawn => Step.Print(drawn.Item1.Append(drawn.Item2)) + drawn.Item3);

    private static (RecordState State, Change Change) Draw(ConflictPolicy policy, (Step[] Before, Step Step, int Base) drawn)
    {
        var server = new LawServer(policy);
        for (var i = 0; i < drawn.Before.Length; i++)
        {
            var author = $"c{drawn.Before[i].Client}";
            server.Push(author, [LawEdits.Any(drawn.Before[i], 1000 + i) with { Seq = i + 1, Base = i == 0 ? null : server.Log.Count, At = Build.At(100 + (10 * i), author) }]);
        }

        var change = LawEdits.Any(drawn.Step, 2000) with { Seq = 1, Base = drawn.Base == 0 ? null : drawn.Base, At = Build.At(90 + (10 * drawn.Step.Field), "c1") };
        return (server.Of(change.Record!.Value), change);
    }

    private static ResolvedBatch Resolve(ConflictPolicy policy, RecordState state, Change change, bool force = false) => LawStores.Resolver(policy).Resolve(
        [change], new Dictionary<RecordId, RecordState> { [change.Record!.Value] = state }, new Dictionary<long, ResolvedChange>(), Build.Settings("c1") with { ServerMs = 1_000_000, Force = force });

    private static string Print(ResolvedBatch batch)
    {
        var entries = EntryBuilder.Build(batch.Effects, 100);
        return string.Join(' ', batch.Changes.Select(change => $"{change.Outcome} {change.Reason} {change.Pointer}"))
            + (entries.Count == 0 ? "" : Convert.ToHexString(SegmentCodec.Encode(entries, 0, entries.Count, 1, "x")));
    }
}
