using MyriadSync.Contracts;
using MyriadSync.Contracts.Stores;
using MyriadSync.Pipeline.Resolve;
using MyriadSync.UnitTests.Pipeline.Resolve.Laws;
using static MyriadSync.UnitTests.Pipeline.Resolve.Build;

namespace MyriadSync.UnitTests.Pipeline.Resolve;

/// <summary>Deletions against edits: the table of docs/API.md, cell by cell.</summary>
public sealed class DeletionTableTests
{
    private const string Later = "later", Earlier = "earlier";

    /// <summary>Policy, what the change is, when it was made, outcome, and what the record is then.</summary>
    public static TheoryData<ConflictPolicy, string, string, Outcome, string?> OverLive => new()
    {
        { ConflictPolicy.LastWriteWins, "delete", Later, Outcome.Applied, null },
        { ConflictPolicy.LastWriteWins, "delete", Earlier, Outcome.Superseded, """{"n":1}""" },
        { ConflictPolicy.FieldMerge, "delete", Later, Outcome.Applied, null },
        { ConflictPolicy.FieldMerge, "delete", Earlier, Outcome.Applied, null },
        { ConflictPolicy.ClientWins, "delete", Earlier, Outcome.Applied, null },
        { ConflictPolicy.ServerWins, "delete", Later, Outcome.Superseded, """{"n":1}""" },
        { ConflictPolicy.Reject, "delete", Later, Outcome.Conflict, """{"n":1}""" },
        { ConflictPolicy.Manual, "delete", Later, Outcome.Conflict, """{"n":1}""" },
    };

    /// <inheritdoc cref="OverLive"/>
    public static TheoryData<ConflictPolicy, string, string, Outcome, string?> OverTombstone => new()
    {
        { ConflictPolicy.LastWriteWins, "put", Later, Outcome.Applied, """{"n":2}""" },
        { ConflictPolicy.LastWriteWins, "put", Earlier, Outcome.Superseded, null },
        { ConflictPolicy.LastWriteWins, "patch", Later, Outcome.Superseded, null },
        { ConflictPolicy.LastWriteWins, "create", Later, Outcome.Applied, """{"n":2}""" },
        { ConflictPolicy.LastWriteWins, "create", Earlier, Outcome.Superseded, null },
        { ConflictPolicy.FieldMerge, "put", Later, Outcome.Superseded, null },
        { ConflictPolicy.FieldMerge, "patch", Later, Outcome.Superseded, null },
        { ConflictPolicy.FieldMerge, "create", Earlier, Outcome.Applied, """{"n":2}""" },
        { ConflictPolicy.ClientWins, "put", Earlier, Outcome.Applied, """{"n":2}""" },
        { ConflictPolicy.ClientWins, "patch", Later, Outcome.Superseded, null },
        { ConflictPolicy.ServerWins, "put", Later, Outcome.Superseded, null },
        { ConflictPolicy.ServerWins, "create", Earlier, Outcome.Applied, """{"n":2}""" },
        { ConflictPolicy.Reject, "put", Later, Outcome.Conflict, null },
        { ConflictPolicy.Reject, "create", Earlier, Outcome.Applied, """{"n":2}""" },
        { ConflictPolicy.Manual, "patch", Later, Outcome.Conflict, null },
        { ConflictPolicy.Manual, "create", Earlier, Outcome.Applied, """{"n":2}""" },
    };

    public static TheoryData<ConflictPolicy> Policies => new(LawStores.All.Where(policy => policy != ConflictPolicy.Custom));

    [Theory]
    [MemberData(nameof(OverLive))]
    [MemberData(nameof(OverTombstone))]
    public void Resolve_DeletionAndEditThatDoNotKnowEachOther_AsTheTableSays(ConflictPolicy policy, string op, string when, Outcome outcome, string? stays)
    {
        var at = when == Later ? 90 : 10;
        var current = State(18, op == "delete" ? """{"n":1}""" : null, at: 50, by: "b");

        var resolved = Resolve(policy, current, op switch
        {
            "delete" => Delete(at, @base: 17),
            "put" => Put("""{"n":2}""", at, @base: 17),
            "patch" => Set("/n", "2", at, @base: 17),
            _ => Put("""{"n":2}""", at),
        });

        Assert.Equal(outcome, resolved.Changes[0].Outcome);
        Assert.Equal(stays, resolved.Effects.Count > 0 ? Json(resolved.Effects[0].After) : Json(current));
        Assert.Equal(policy == ConflictPolicy.Manual && outcome == Outcome.Conflict, resolved.Changes[0].Park);
    }

    [Theory]
    [MemberData(nameof(Policies))]
    public void Resolve_PutOverTheTombstoneItKnows_Revives(ConflictPolicy policy)
    {
        var resolved = Resolve(policy, State(18, null, at: 50, by: "b"), Put("""{"n":2}""", at: 10, @base: 18));

        Assert.Equal(Outcome.Applied, resolved.Changes[0].Outcome);
        Assert.Equal("""{"n":2}""", Json(Assert.Single(resolved.Effects).After));
    }

    [Theory]
    [MemberData(nameof(Policies))]
    public void Resolve_EditOfARecordWhoseTombstoneIsGone_IsNeverACreate(ConflictPolicy policy)
    {
        var put = Resolve(policy, RecordState.Absent, Put("""{"n":2}""", at: 900, @base: 17));
        var patch = Resolve(policy, RecordState.Absent, Inc("/votes", 1, at: 900, @base: 17));

        var expected = policy is ConflictPolicy.Reject or ConflictPolicy.Manual ? Outcome.Conflict : Outcome.Superseded;
        Assert.All([put, patch], resolved => Assert.Equal((expected, "deleted"), (resolved.Changes[0].Outcome, resolved.Changes[0].Reason)));
        Assert.All([put, patch], resolved => Assert.Empty(resolved.Effects));
    }

    [Theory]
    [MemberData(nameof(Policies))]
    public void Resolve_DeleteOfADeletedRecord_IsAccepted(ConflictPolicy policy)
    {
        var resolved = Resolve(policy, State(18, null, at: 50, by: "b"), Delete(at: 10, @base: 17));

        Assert.Equal(Outcome.Applied, resolved.Changes[0].Outcome);
        Assert.Empty(resolved.Effects);
    }

    [Theory]
    [MemberData(nameof(Policies))]
    public void Resolve_PatchOfARecordThatNeverWas_CreatesIt(ConflictPolicy policy)
    {
        var resolved = Resolve(policy, RecordState.Absent, Inc("/votes", 2));

        Assert.Equal(Outcome.Applied, resolved.Changes[0].Outcome);
        Assert.Equal("""{"votes":2}""", Json(Assert.Single(resolved.Effects).After));
    }

    private static ResolvedBatch Resolve(ConflictPolicy policy, RecordState state, Change change) => LawStores.Resolver(policy).Resolve(
        [change], new Dictionary<RecordId, RecordState> { [change.Record!.Value] = state }, new Dictionary<long, ResolvedChange>(), Settings());
}
