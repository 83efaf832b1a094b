using System.Text;
using MyriadSync.Contracts;
using MyriadSync.Myriad;
using MyriadSync.Myriad.Records;
using MyriadSync.Pipeline.Transform;
using static MyriadSync.UnitTests.Pipeline.Resolve.Build;

namespace MyriadSync.UnitTests.Myriad.Records;

/// <summary>Sync wrote the row at 100 whole, and <c>a</c> anew at 200.</summary>
public sealed class ForeignTraceTests
{
    [Fact]
    public void Of_SyncsOwnCells_LeaveNoTrace() => Assert.Null(Trace(Row()));

    [Fact]
    public void Of_ProbesAndColumnsThatAreNoFields_LeaveNoTrace() => Assert.Null(Trace(Row(Cell("m:probe", 300), Cell("d:!", 300), Cell("x:y", 300))));

    [Theory]
    [InlineData("d:a", 201)]
    [InlineData("d:a", 150)]
    [InlineData("d:new", 250)]
    [InlineData("m:deleted", 250)]
    public void Of_CellAtATimeOfNoCommit_IsATrace(string column, long timestamp) => Assert.Equal(timestamp, Trace(Row(Cell(column, timestamp)))?.Oldest);

    [Fact]
    public void Of_SeveralOfThem_TellsTheOldest() => Assert.Equal(110, Trace(Row(Cell("d:a", 250), Cell("d:b", 110), Cell("d:c", 300)))?.Oldest);

    [Fact]
    public void Of_CellsUnderNewerOnesOfOurs_AreHiddenUnlessTheyMayBeOurs()
    {
        var hidden = Trace(Row(Cell("d:a", 150), Cell("d:b", 50)))!.Hidden;

        Assert.Equal(("a", "9", 150), (Assert.Single(hidden).Qualifier, Encoding.UTF8.GetString(hidden[0].Json.Span), hidden[0].Timestamp));
    }

    [Fact]
    public void Of_OnlyAJobsCellsAreRecent_IsATrace() => Assert.Equal(300, Trace([Cell("d:a", 300)])?.Oldest);

    [Fact]
    public void Of_CellsThatWereTakenOver_LeaveNoTrace()
    {
        var entry = Entry(2) with { By = RecordState.Myriad, Judged = 150, Changed = [], Clocks = Clocks(100).With(["a"], new FieldClock(150, At(150).ToString(), 2)) };

        var cells = RecordRows.Put("row", entry, 200, whole: false, PlainCodec.Instance).Cells.Append(Cell("d:a", 150)).Append(Cell("d:b", 120));

        Assert.Null(Trace([.. cells.Where(cell => cell.Column != "d:b")]));
        Assert.Equal(120, Trace([.. cells])?.Oldest);
    }

    private static ForeignTrace? Trace(List<Cell> cells) => ForeignTrace.Of(new Row("row", [.. cells.OrderBy(cell => cell.Column, StringComparer.Ordinal).ThenByDescending(cell => cell.Timestamp)]), PlainCodec.Instance);

    private static List<Cell> Row(params Cell[] more) =>
    [
        .. RecordRows.Put("row", Entry(1), 100, whole: true, PlainCodec.Instance).Cells,
        .. RecordRows.Put("row", Entry(2) with { Changed = ["a"], Clocks = Clocks(100).With(["a"], new FieldClock(200, At(200).ToString(), 2)) }, 200, whole: false, PlainCodec.Instance).Cells,
        .. more,
    ];

    private static LogEntry Entry(long rev) => new()
    {
        Rev = rev,
        Store = "s",
        Key = Key("k"),
        Value = ValueColumns.ToValue([("a", Utf8("1")), ("b", Utf8("2"))]),
        At = At(100).ToString(),
        By = "c",
        Clocks = Clocks(100),
    };

    private static FieldClocks Clocks(long timestamp) => new() { Default = new FieldClock(timestamp, At(100).ToString(), 1) };

    private static Cell Cell(string column, long timestamp) => new(column, timestamp, Encoding.UTF8.GetBytes("9"));
}
