using MyriadSync.ChangeLog;
using MyriadSync.Contracts.Stores;
using MyriadSync.Myriad;

namespace MyriadSync.Orchestration.Audits;

/// <summary>
/// Looks at every row of a table, page by page in key order: rows that are not as sync wrote them, and keys that were there last time and are no more. Whatever
/// is found is judged before the page is written, and the mark moves last: a page that breaks off is done again, and finds nothing twice.
/// </summary>
internal sealed class RowSweep(IRecordStore store, AuditPages pages, AuditIntake intake, IRowCodecs codecs, IStoreCatalog stores, ClusterTables tables, TimeProvider time)
{
    /// <summary>Rows of a new page. A page that is there may grow to twice as many before it is divided.</summary>
    public const int PageRows = 1000;

    /// <summary>Looks at the next page.</summary>
    public async Task<AuditStep> StepAsync(AuditMark mark, CancellationToken cancellationToken)
    {
        var page = await pages.ReadAsync(mark.Table, mark.Position, cancellationToken);
        var follower = await SmallAsync(mark.Table, page, cancellationToken);
        var end = follower?.End ?? page.End;
        var scan = await store.ScanAsync(mark.Table, page.Start, end, page.Count == 0 ? PageRows : 2 * PageRows, cancellationToken);
        if (scan.Fault != StoreFault.None)
        {
            return new AuditStep(mark, 0, scan.Fault);
        }

        var rows = AuditedRows.Of(mark.Table, scan.Rows, codecs, stores, tables);
        // The digest spares most pages a look at their keys.
        var whole = scan.NextStart is null;
        List<string> unseen = whole && follower is null && AuditPages.DigestOf(rows.Alive) == page.Digest
            ? []
            : [.. (await KnownAsync(page, follower, cancellationToken)).Where(key => !rows.Has(key))];
        if (intake.Overflow(mark, whole ? rows.Differing.Concat(unseen) : rows.Differing) is { } overflowing)
        {
            return new AuditStep(overflowing, 0);
        }

        (mark, _) = await intake.TakeAsync(mark with { Rows = mark.Rows + scan.Rows.Count }, rows.Differing, gone: false, cancellationToken);
        if (scan.NextStart is { } next)
        {
            // What is not seen yet goes to the page that begins here, before anybody can take this one for all that there was.
            await pages.WriteAsync(mark.Table, await pages.ReadAsync(mark.Table, next, cancellationToken), end, unseen, cancellationToken);
            await pages.WriteAsync(mark.Table, page, next, rows.Alive, cancellationToken);
            return new AuditStep(await DoneAsync(mark, follower, next, cancellationToken), scan.Rows.Count);
        }

        (mark, var deferred) = await intake.TakeAsync(mark, unseen, gone: true, cancellationToken);
        var alive = deferred.Count == 0 ? rows.Alive : [.. rows.Alive.Union(deferred).Order(StringComparer.Ordinal)];
        await pages.WriteAsync(mark.Table, page, end, alive, cancellationToken);
        return new AuditStep(await DoneAsync(mark, follower, end, cancellationToken), scan.Rows.Count);
    }

    /// <summary>The page behind one, if the two are small enough to be one.</summary>
    private async Task<AuditPage?> SmallAsync(string table, AuditPage page, CancellationToken cancellationToken)
    {
        if (page.End.Length == 0 || page.Count > PageRows / 2)
        {
            return null;
        }

        var next = await pages.ReadAsync(table, page.End, cancellationToken);
        return page.Count + next.Count <= PageRows / 2 ? next : null;
    }

    private async Task<IEnumerable<string>> KnownAsync(AuditPage page, AuditPage? follower, CancellationToken cancellationToken)
    {
        var keys = await pages.KeysAsync(page, cancellationToken);
        return follower is null ? keys : keys.Concat(await pages.KeysAsync(follower, cancellationToken));
    }

    private async Task<AuditMark> DoneAsync(AuditMark mark, AuditPage? follower, string position, CancellationToken cancellationToken)
    {
        if (follower is not null && follower.Start != position)
        {
            await pages.DropAsync(mark.Table, follower, cancellationToken);
        }

        return position.Length > 0
            ? mark with { Position = position }
            : await intake.FinishAsync(mark, cancellationToken) with { Phase = AuditPhase.Idle, Position = "", EndedAt = time.GetUtcNow(), LastRows = mark.Rows };
    }
}
