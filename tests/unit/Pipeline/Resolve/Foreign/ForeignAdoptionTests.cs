using MyriadSync.Contracts;
using MyriadSync.Contracts.Stores;
using MyriadSync.Pipeline.Resolve;
using MyriadSync.Pipeline.Resolve.Foreign;
using static MyriadSync.UnitTests.Pipeline.Resolve.Build;

namespace MyriadSync.UnitTests.Pipeline.Resolve.Foreign;

public sealed class ForeignAdoptionTests
{
    private static readonly RecordId Record = new("s", Key("k"));
    private static readonly RecordState Foreign = State(18, """{"a":1,"b":2,"c":3}""", at: 100, by: "c") with { Foreign = true, NewestCell = 700 };

    [Fact]
    public void Build_FieldsThatTheJobWroteAreKnown_OthersKeepTheirEditsClockAndCellsStayAsTheyAre()
    {
        var entry = ForeignAdoption.Build(Record, Foreign with { ForeignCells = new Dictionary<string, long> { ["b"] = 650 }, Unlike = ["c"] }, rev: 19, commitTs: 800);

        Assert.Equal(new FieldClock(100, At(100, "c").ToString(), 18), entry.Clocks["a"]);
        Assert.Equal(new FieldClock(650, At(650, "myriad").ToString(), 19), entry.Clocks["b"]);
        Assert.Equal(new FieldClock(800, At(100, "c").ToString(), 18), entry.Clocks["c"]);
        Assert.Equal(["c"], entry.Changed!);
        Assert.Equal(650, entry.Judged);
    }

    [Fact]
    public void Build_FieldsThatTheJobWroteAreNotKnown_AllCountAsItsWorkAndAreWrittenAnew()
    {
        var entry = ForeignAdoption.Build(Record, Foreign, rev: 19, commitTs: 800);

        Assert.All(["a", "b", "other"], field => Assert.Equal(19, entry.Clocks[field].Rev));
        Assert.Equal(["a", "b", "c"], entry.Changed!);
        Assert.Equal(700, entry.Judged);
    }

    [Fact]
    public void Build_RowOfAJobAlone_NothingIsWrittenButWhatSyncNotesOfIt()
    {
        var row = new RecordState { Rev = 0, Value = Value("""{"a":1}"""), Clocks = FieldClocks.None, Foreign = true, NewestCell = 700, ForeignCells = new Dictionary<string, long> { ["a"] = 700 } };

        var entry = ForeignAdoption.Build(Record, row, rev: 19, commitTs: 800);

        Assert.Empty(entry.Changed!);
        Assert.Equal((700, 19L), (entry.Clocks["a"].Timestamp, entry.Clocks["other"].Rev));
    }

    [Theory]
    [InlineData(ConflictPolicy.LastWriteWins, 99, true)]
    [InlineData(ConflictPolicy.FieldMerge, 99, true)]
    [InlineData(ConflictPolicy.FieldMerge, 101, false)]
    [InlineData(ConflictPolicy.ServerWins, 99, false)]
    public void IsContested_OnlyALaterEditUnderAPolicyByTime(ConflictPolicy policy, long timestamp, bool contested)
    {
        var foreign = Foreign with { ForeignCells = new Dictionary<string, long> { ["b"] = timestamp } };

        Assert.Equal(contested, ForeignAdoption.IsContested(foreign, policy));
    }

    [Fact]
    public void Settle_CellWrittenAndCellDeletedByTheJobLose_BothAreWrittenAgain()
    {
        var committed = State(18, """{"a":1,"b":2,"c":3}""", at: 900, by: "c");
        var foreign = committed with { Value = Value("""{"b":5,"c":3}"""), Foreign = true, NewestCell = 950, ForeignCells = new Dictionary<string, long> { ["b"] = 950 } };
        committed = committed with { Clocks = new FieldClocks { Default = new FieldClock(940, At(60_000, "c").ToString(), 18) } };

        var entry = ForeignAdoption.Settle(Record, foreign, committed, ConflictPolicy.FieldMerge, KindMap.None, rev: 19, commitTs: 1000);

        Assert.Equal(("""{"a":1,"b":2,"c":3}""", "restore"), (System.Text.Encoding.UTF8.GetString(entry.Value!.Json.Span), entry.Cause));
        Assert.Equal(["a", "b"], entry.Changed!.Order());
        Assert.Equal(950, entry.Judged);
    }
}
