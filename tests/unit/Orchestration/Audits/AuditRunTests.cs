using Microsoft.Extensions.Time.Testing;
using MyriadSync.ChangeLog;
using MyriadSync.Myriad;
using MyriadSync.Orchestration.Audits;

namespace MyriadSync.UnitTests.Orchestration.Audits;

public sealed class AuditRunTests
{
    private const int RowsPerSecond = 100;

    private readonly FakeTimeProvider _time = new();
    private readonly MarkLedger _ledger = new();
    private readonly SwitchLease _lease = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task DoAsync_MoreRowsThanASecondAllows_TakesTheTimeThatTheyMay()
    {
        var run = Run(TimeSpan.FromMinutes(1));

        var step = run.DoAsync(mark => Task.FromResult(new AuditStep(mark with { Rows = 500 }, 500)), Cancel);
        _time.Advance(TimeSpan.FromSeconds(4.9));
        var early = step.IsCompleted;
        _time.Advance(TimeSpan.FromSeconds(0.2));

        Assert.True(await step);
        Assert.False(early);
        Assert.Equal(500, _ledger.Mark?.Rows);
        Assert.Equal(("scan~ns~t", false), (_lease.Name, _lease.IsHeld));
    }

    [Fact]
    public async Task DoAsync_SomebodyElseHasTheTable_DoesTheStepOnceItIsFree()
    {
        var run = Run(TimeSpan.FromMinutes(1));
        _lease.IsFree = false;
        var steps = 0;

        var step = run.DoAsync(
            mark =>
            {
                steps++;
                return Task.FromResult(new AuditStep(mark, 0));
            },
            Cancel);
        _time.Advance(TimeSpan.FromSeconds(1));
        var before = steps;
        _lease.IsFree = true;
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.True(await step);
        Assert.Equal((0, 1), (before, steps));
    }

    [Fact]
    public async Task DoAsync_TheTimeIsUp_LeavesTheStepToTheNextRun()
    {
        var run = Run(TimeSpan.FromSeconds(1));
        _time.Advance(TimeSpan.FromSeconds(1));

        var done = await run.DoAsync(_ => throw new InvalidOperationException("A step was made."), Cancel);

        Assert.False(done);
        Assert.Null(_ledger.Mark);
    }

    [Fact]
    public async Task DoAsync_AnotherRunMovedTheMark_IsOver()
    {
        var run = Run(TimeSpan.FromMinutes(1));
        _ledger.Moved = true;

        var done = await run.DoAsync(mark => Task.FromResult(new AuditStep(mark with { Rows = 500 }, 500)), Cancel);

        Assert.False(done);
        Assert.Equal(0, run.Mark.Rows);
    }

    [Fact]
    public async Task DoAsync_TheClusterDoesNotAnswer_KeepsTheMark()
    {
        var run = Run(TimeSpan.FromMinutes(1));

        var done = await run.DoAsync(mark => Task.FromResult(new AuditStep(mark with { Rows = 500 }, 0, StoreFault.Unavailable)), Cancel);

        Assert.False(done);
        Assert.Equal((StoreFault.Unavailable, null), (run.Fault, _ledger.Mark));
    }

    private AuditRun Run(TimeSpan budget) => new(new AuditMark { Table = "ns:t", Phase = AuditPhase.Rows }, _ledger, _lease, _time, RowsPerSecond, budget);
}
