using MyriadSync.ChangeLog;

namespace MyriadSync.UnitTests.ChangeLog;

public sealed class LogWindowTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private readonly ListedLog _log = new();

    [Fact]
    public async Task Refresh_ARecordIsHeldMeanwhile_StillKnowsThatItIs()
    {
        var refused = _log.Add(2).Entries[1];
        var window = await LoadAsync();
        _log.BeforeHead = () => window.Advance(new AppliedRow { Seq = 2, Held = 1, ETag = "later" }, [new HeldRow { Entry = refused, Reason = "no", PoisonId = "p" }], []);

        Assert.True(await window.RefreshAsync(Cancel));

        Assert.Equal((2, "p"), (window.Applied.Seq, window.Held(ListedLog.Record(2))?.PoisonId));
    }

    [Fact]
    public async Task Refresh_OthersReleasedWhatWasHeld_KnowsThatItIsNot()
    {
        var refused = _log.Add(2).Entries[1];
        _log.Applied = new AppliedRow { Seq = 2, Held = 1, ETag = "1" };
        _log.Held.Add(new HeldRow { Entry = refused, Reason = "no", PoisonId = "p" });
        var window = await LoadAsync();
        Assert.NotNull(window.Held(ListedLog.Record(2)));
        _log.Add(1);
        (_log.Applied, _) = (new AppliedRow { Seq = 3, Held = 0, ETag = "2" }, _log.Held.Remove(_log.Held[0]));

        await window.RefreshAsync(Cancel);

        Assert.Null(window.Held(ListedLog.Record(2)));
    }

    [Fact]
    public async Task Refresh_ClusterTooFarBehind_KnowsWhereBothAreAndHoldsNothing()
    {
        _log.Add(1);
        var window = await LoadAsync();
        AddBacklog();

        Assert.False(await window.RefreshAsync(Cancel));

        Assert.Equal((LogWindow.MaxBacklog + 1, 0), (window.HeadSeq, window.Applied.Seq));
        Assert.Null(window.Latest(ListedLog.Record(1)));
        Assert.Equal(window.HeadSeq, window.Floor);
    }

    [Fact]
    public async Task Load_ClusterNoLongerTooFarBehind_HoldsWhatItLacks()
    {
        _log.Add(1);
        AddBacklog();
        var window = new LogWindow("d", _log);
        Assert.False(await window.LoadAsync(Cancel));
        _log.Applied = new AppliedRow { Seq = LogWindow.MaxBacklog - 1, Held = 0, ETag = "1" };

        Assert.True(await window.LoadAsync(Cancel));

        Assert.NotNull(window.Latest(ListedLog.Record(LogWindow.MaxBacklog)));
        Assert.Equal(LogWindow.MaxBacklog - 1, window.Floor);
    }

    [Fact]
    public async Task Load_OwnCommitsRunAheadOfTheCluster_IsNoLongerAllowed()
    {
        var window = await LoadAsync();
        _log.Add(LogWindow.MaxBacklog);
        await AppendAsync(window);
        Assert.True(await window.LoadAsync(Cancel));
        _log.Add(1);
        await AppendAsync(window);

        Assert.False(await window.LoadAsync(Cancel));
    }

    [Fact]
    public async Task Advance_LargeValues_ForgetsTheOldestOfThem()
    {
        var large = $$"""{"text":"{{new string('x', 200_000)}}"}""";
        _log.Add(100, large);
        _log.Add(100, large);
        var window = await LoadAsync();

        window.Advance(new AppliedRow { Seq = 200, Held = 0, ETag = "1" }, [], []);

        Assert.Equal(100, window.Floor);
        Assert.Equal((null, 101), (window.Latest(ListedLog.Record(100)), window.Latest(ListedLog.Record(101))?.Rev));
    }

    [Fact]
    public async Task Refresh_LogHasAHole_SaysSo()
    {
        _log.Add(1);
        _log.Add(1);
        _log.Add(1);
        _log.Segments.RemoveAt(1);

        await Assert.ThrowsAsync<InvalidDataException>(async () => await LoadAsync());
    }

    private void AddBacklog() => _log.Add(LogWindow.MaxBacklog);

    private async Task AppendAsync(LogWindow window) =>
        Assert.True(window.TryAppend(new CommitAnswer { Verdict = CommitVerdict.Committed, Head = await _log.ReadHeadAsync("d", Cancel), Segments = [_log.Segments[^1]] }));

    private async Task<LogWindow> LoadAsync()
    {
        var window = new LogWindow("d", _log);
        Assert.True(await window.LoadAsync(Cancel));
        return window;
    }
}
