using MyriadSync.Contracts;
using MyriadSync.Contracts.Stores;
using MyriadSync.Pipeline.Resolve;
using MyriadSync.Pipeline.Resolve.Foreign;
using static MyriadSync.UnitTests.Pipeline.Resolve.Build;

namespace MyriadSync.UnitTests.Pipeline.Resolve.Foreign;

/// <summary>The record in all of them: <c>title</c> edited at 100 and committed at 500, <c>due</c> edited at 600 by a client whose clock is ahead, committed at 500.</summary>
public sealed class ForeignMergeTests
{
    private const long CommitTs = 2000;
    private const string Record = """{"due":"d","tags":["x"],"title":"t","votes":5}""";

    private static readonly KindMap Kinds = KindMap.Of(new Dictionary<string, FieldKind> { ["/votes"] = FieldKind.Counter, ["/tags"] = FieldKind.Set });

    [Theory]
    [InlineData(ConflictPolicy.FieldMerge, 550, """{"due":"d","tags":["x"],"title":"job","votes":5}""", true)]
    [InlineData(ConflictPolicy.FieldMerge, 650, """{"due":"job","tags":["x"],"title":"job","votes":5}""", false)]
    [InlineData(ConflictPolicy.LastWriteWins, 550, Record, true)]
    [InlineData(ConflictPolicy.LastWriteWins, 650, """{"due":"job","tags":["x"],"title":"job","votes":5}""", false)]
    [InlineData(ConflictPolicy.ServerWins, 550, """{"due":"job","tags":["x"],"title":"job","votes":5}""", false)]
    [InlineData(ConflictPolicy.Manual, 550, """{"due":"job","tags":["x"],"title":"job","votes":5}""", false)]
    public void Judge_VisibleCells_ByTimeOrBecauseTheyCameAfterTheCommit(ConflictPolicy policy, long timestamp, string record, bool restores)
    {
        var verdict = Judge(policy, Cell("due", "\"job\"", timestamp), Cell("title", "\"job\"", timestamp));

        Assert.Equal((record, restores), (Json(verdict.Next), verdict.Restores));
    }

    [Theory]
    [InlineData(ConflictPolicy.FieldMerge, true)]
    [InlineData(ConflictPolicy.LastWriteWins, false)]
    [InlineData(ConflictPolicy.ClientWins, false)]
    [InlineData(ConflictPolicy.Reject, false)]
    public void Judge_CellHiddenUnderANewerOneOfOurs_CountsOnlyWhereItIsTheLaterEditOfItsField(ConflictPolicy policy, bool taken)
    {
        var verdict = Judge(policy, Cell("title", "\"job\"", 400));

        Assert.Equal(taken ? """{"due":"d","tags":["x"],"title":"job","votes":5}""" : Record, Json(verdict.Next));
        Assert.Equal(taken ? ["title"] : [], verdict.Changed!);
        Assert.False(verdict.Restores);
        Assert.Equal(400, verdict.Seen);
    }

    [Fact]
    public void Judge_LostCells_AreWrittenAgainAndNotJudgedAgain()
    {
        var verdict = Judge(ConflictPolicy.FieldMerge, Cell("due", null, 550), Cell("extra", "1", 90));

        var entry = verdict.ToEntry(new RecordId("s", Key("k")), rev: 19);
        Assert.Equal(("restore", "myriad", 19), (entry.Cause, entry.By, entry.Rev));
        Assert.Equal(["due"], entry.Changed!);
        Assert.Equal((CommitTs, "a"), (entry.Clocks["due"].Timestamp, entry.Clocks["due"].Author.ToString()));
    }

    [Fact]
    public void Judge_FieldThatTheRecordDoesNotHaveLoses_IsTakenOffTheCluster()
    {
        var verdict = Judge(ConflictPolicy.LastWriteWins, Cell("extra", "1", 550));

        Assert.Equal(["extra"], verdict.Removed);
        Assert.Equal(Record, Json(verdict.Next));
    }

    [Theory]
    [InlineData(550, 9)]
    [InlineData(450, 5)]
    public void Judge_Counter_IsWhatTheJobWroteAfterTheLastCountAndLaterOnesAddToIt(long timestamp, int votes)
    {
        var verdict = Judge(ConflictPolicy.FieldMerge, Cell("votes", "9", timestamp));

        var entry = verdict.ToEntry(new RecordId("s", Key("k")), rev: 19);
        var counted = new BatchResolver(_ => new StorePolicy(new MyriadSync.Pipeline.Resolve.Rules.FieldMerge(), new Dictionary<string, FieldKind> { ["/votes"] = FieldKind.Counter }))
            .Resolve([Inc("/votes", 2, at: 120, @base: 18)], new Dictionary<RecordId, RecordState> { [new RecordId("s", Key("k"))] = RecordState.Of(entry) }, new Dictionary<long, ResolvedChange>(), Settings());
        Assert.Contains($"\"votes\":{votes}}}", Json(verdict.Next));
        Assert.Contains($"\"votes\":{votes + 2}}}", Json(Assert.Single(counted.Effects).After));
    }

    [Theory]
    [InlineData(ConflictPolicy.FieldMerge, 550, true)]
    [InlineData(ConflictPolicy.FieldMerge, 650, false)]
    [InlineData(ConflictPolicy.ServerWins, 550, false)]
    [InlineData(ConflictPolicy.ServerWins, 450, true)]
    public void Judge_Deletion_WinsOrIsUndoneWhole(ConflictPolicy policy, long timestamp, bool restores)
    {
        var verdict = ForeignMerge.Judge(Current(), new ForeignWrite { DeletedAt = timestamp }, policy, Kinds, CommitTs);

        Assert.Equal((restores ? Record : null, restores), (Json(verdict.Next), verdict.Restores));
        Assert.True(!restores || verdict.ToEntry(new RecordId("s", Key("k")), 19).Changed is null);
    }

    [Theory]
    [InlineData(550, """{"title":"job"}""")]
    [InlineData(450, null)]
    public void Judge_PutOnATombstone_MakesTheRecordAnewIfItIsNewer(long timestamp, string? record)
    {
        var dead = State(18, null, at: 500, by: "b");

        var verdict = ForeignMerge.Judge(dead, new ForeignWrite { Cells = [Cell("title", "\"job\"", timestamp)] }, ConflictPolicy.FieldMerge, Kinds, CommitTs);

        Assert.Equal(record, Json(verdict.Next));
    }

    private static ForeignCell Cell(string qualifier, string? json, long timestamp) => new(qualifier, json is null ? default(ReadOnlyMemory<byte>?) : Utf8(json), timestamp);

    private static ForeignVerdict Judge(ConflictPolicy policy, params ForeignCell[] cells) => ForeignMerge.Judge(Current(), new ForeignWrite { Cells = cells }, policy, Kinds, CommitTs);

    private static RecordState Current() => State(18, Record, at: 100, by: "a") with
    {
        Clocks = new FieldClocks { Default = new FieldClock(500, At(100).ToString(), 18) }.With(["due"], new FieldClock(500, At(600).ToString(), 18)),
    };
}
