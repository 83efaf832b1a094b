using MyriadSync.ChangeLog;
using MyriadSync.Myriad;
using MyriadSync.Orchestration.Scans;

namespace MyriadSync.Orchestration.Audits;

/// <summary>
/// Work on one audit by one instance, step by step, each with the table's lease: scans come in between, and never at the same time. After each step the mark
/// moves, so that whoever goes on does so from there, and two who do it at a time do not both count.
/// </summary>
internal sealed class AuditRun(AuditMark mark, IAuditLedger ledger, IApplierLease lease, TimeProvider time, int rowsPerSecond, TimeSpan budget)
{
    private static readonly TimeSpan Busy = TimeSpan.FromMilliseconds(200);

    private readonly long _begun = time.GetTimestamp();

    /// <summary>The audit, as it is stored.</summary>
    public AuditMark Mark { get; private set; } = mark;

    /// <summary>What stood in the way.</summary>
    public StoreFault Fault { get; private set; }

    /// <summary>Does a step. False: not here and now; another run goes on.</summary>
    public async Task<bool> DoAsync(Func<AuditMark, Task<AuditStep>> step, CancellationToken cancellationToken)
    {
        while (time.GetElapsedTime(_begun) < budget)
        {
            var begun = time.GetTimestamp();
            if (await TryAsync(step, cancellationToken) is not { } rows)
            {
                await Task.Delay(Busy, time, cancellationToken);
                continue;
            }

            var rest = TimeSpan.FromSeconds((double)rows / rowsPerSecond) - time.GetElapsedTime(begun);
            if (rest > TimeSpan.Zero)
            {
                await Task.Delay(rest, time, cancellationToken);
            }

            return rows >= 0;
        }

        return false;
    }

    /// <summary>Rows read; -1: the run is over; null: somebody else has the table.</summary>
    private async Task<int?> TryAsync(Func<AuditMark, Task<AuditStep>> step, CancellationToken cancellationToken)
    {
        await using var held = await lease.TryAcquireAsync(ScanLease.Of(Mark.Table), cancellationToken);
        if (held is null)
        {
            return null;
        }

        var (next, rows, fault) = await step(Mark);
        Fault = fault;
        if (fault != StoreFault.None || await ledger.MoveAsync(next, cancellationToken) is not { } moved)
        {
            return -1;
        }

        Mark = moved;
        return rows;
    }
}
