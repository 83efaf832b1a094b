using System.Text.Json.Nodes;
using MyriadSync.ReliabilityTests.Load;

namespace MyriadSync.ReliabilityTests.History;

/// <summary>A checker that finds nothing has to be one that would have found something.</summary>
public sealed class HistoryCheckerTests
{
    private static readonly RecordName Counter = new(EditMaker.Counters, "n");

    [Fact]
    public void Check_EveryEffectOnceInOrder_FindsNothing()
    {
        var (log, settled) = Sound();

        var faults = HistoryChecker.Check(3, log, settled);

        Assert.Empty(faults);
        Assert.Equal(new RecordVersion(3, Value(12)), HistoryChecker.Fold(log)[Counter]);
    }

    [Fact]
    public void Check_AcknowledgedBatchIsNotInTheLog_NamesIt()
    {
        var (log, settled) = Sound();

        var faults = HistoryChecker.Check(2, log[..2], settled);

        Assert.Contains(faults, fault => fault.Contains("a's b2", StringComparison.Ordinal) && fault.Contains("is not in the log", StringComparison.Ordinal));
    }

    [Fact]
    public void Check_BatchCameInTwice_NamesTheEntry()
    {
        var (log, settled) = Sound();

        var faults = HistoryChecker.Check(4, [.. log, new LogLine(4, Counter, Value(14), "a")], settled);

        Assert.StartsWith("Rev 4 by a", Assert.Single(faults), StringComparison.Ordinal);
    }

    [Fact]
    public void Check_IncrementWasAppliedTwiceWithinAnEntry_SaysWhatItShouldBe()
    {
        var (log, settled) = Sound();
        log[1] = log[1] with { Value = Value(20) };

        var faults = HistoryChecker.Check(3, log, settled);

        Assert.Contains(faults, fault => fault.StartsWith("Rev 2, b's b1", StringComparison.Ordinal));
    }

    [Fact]
    public void Check_LogHasAGap_SaysWhere()
    {
        var (log, settled) = Sound();

        var faults = HistoryChecker.Check(4, [.. log, new LogLine(5, Counter, Value(14), "c")], settled);

        Assert.Contains(faults, fault => fault.Contains("it lacks 4; twice or too high: 5.", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("applied", 2)]
    [InlineData("rejected", 3)]
    [InlineData("superseded", 1)]
    public void Check_ClientWasToldSomethingElse_SaysWhat(string outcome, long rev)
    {
        var (log, settled) = Sound();
        settled[^1] = settled[^1] with { Results = [new EditResult(outcome, rev, Value(99), "told")] };

        var faults = HistoryChecker.Check(3, log, settled);

        Assert.Contains(faults, fault => fault.Contains("told", StringComparison.Ordinal));
    }

    [Fact]
    public void Differences_OneLacksWhatTheOtherHas_NamesEachRecord()
    {
        var here = new Dictionary<RecordName, RecordVersion> { [Counter] = new(3, Value(12)) };
        var there = new Dictionary<RecordName, RecordVersion> { [Counter] = new(3, Value(11)), [new("notes", "x")] = new(1, Value(1)) };

        var differences = Comparison.Differences("It", here, there);

        Assert.Equal(2, differences.Count());
    }

    /// <summary>Client a adds 5, b adds 5, then a adds 2.</summary>
    private static (List<LogLine> Log, List<SettledBatch> Settled) Sound() => (
        [new LogLine(1, Counter, Value(5), "a"), new LogLine(2, Counter, Value(10), "b"), new LogLine(3, Counter, Value(12), "a")],
        [
            Batch("a", "b1", 1, 5, new EditResult("applied", 1, null, "")),
            Batch("b", "b1", 1, 5, new EditResult("merged", 2, Value(10), "")),
            Batch("a", "b2", 2, 2, new EditResult("merged", 3, Value(12), "")),
        ]);

    private static SettledBatch Batch(string clientId, string batchId, long seq, long amount, EditResult result) => new()
    {
        ClientId = clientId,
        BatchId = batchId,
        Edits = [new Edit { Seq = seq, Record = Counter, Op = "patch", At = "", Inc = new Dictionary<string, long> { [EditMaker.Total] = amount } }],
        Results = [result],
        CursorSeq = result.Rev,
    };

    private static JsonObject Value(long total) => new() { [EditMaker.Total] = total };
}
