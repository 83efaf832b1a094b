using Microsoft.Extensions.Time.Testing;
using MyriadSync.ChangeLog;
using MyriadSync.Reading;
using MyriadSync.UnitTests.ChangeLog;

namespace MyriadSync.UnitTests.Reading;

public sealed class HeadWatchTests
{
    private const int Waiters = 20;

    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(500);

    private readonly FakeTimeProvider _time = new();
    private readonly ListedLog _log = new();
    private readonly CommitSignals _signals = new();

    [Fact]
    public async Task Wait_OfManyForOneDataset_ReadsTheHeadOnceEachInterval()
    {
        var waiting = Wait(Waiters);
        var intervals = 0;
        for (; intervals < 40; intervals++)
        {
            _time.Advance(PollInterval);
            await Task.Yield();
        }

        _log.Add(1);
        for (; !waiting.IsCompleted; intervals++)
        {
            _time.Advance(PollInterval);
            await Task.Delay(1, TestContext.Current.CancellationToken);
        }

        Assert.InRange(_log.HeadReads, Waiters + 2, Waiters + intervals);
    }

    [Fact]
    public async Task Wait_CommitOfThisProcess_WakesAtOnce()
    {
        var waiting = Wait(1);
        _log.Add(1);

        _signals.Notify("d", (await _log.ReadHeadAsync("d", CancellationToken.None))!);

        await waiting.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Wait_NothingComes_EndsWhenTheTimeIsOver()
    {
        var waiting = Wait(1);

        _time.Advance(TimeSpan.FromHours(1));

        await waiting.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
    }

    private Task Wait(int count)
    {
        var watch = new HeadWatch(_log, _signals, _time);
        return Task.WhenAll(Enumerable.Range(0, count).Select(_ => watch.WaitAsync("d", head => head.Seq > 0, TimeSpan.FromMinutes(30), CancellationToken.None)));
    }
}
