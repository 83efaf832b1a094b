using Microsoft.Extensions.Options;
using MyriadSync.ChangeLog;
using MyriadSync.Contracts;
using MyriadSync.Contracts.Keys;
using MyriadSync.Contracts.Stores;
using MyriadSync.Myriad;
using MyriadSync.Myriad.Records;

namespace MyriadSync.Orchestration.Scans;

/// <summary>
/// Finds what jobs wrote into a table since the last scan, and has it taken into the log. A scan looks at recent cells only and knows sync's own by their
/// timestamps; only rows that may be somebody else's are read whole. The mark moves after the commits, and not past what could not be judged: a scan that
/// breaks off anywhere is simply done again.
/// </summary>
internal sealed class ClusterScan(
    IRecordStore store, IScanMarks marks, ClusterClock clock, IRowCodecs codecs, IStoreCatalog stores, ForeignIntake intake, IOptions<ScanOptions> options)
{
    /// <summary>Rows of a page.</summary>
    private const int PageRows = 1000;

    /// <summary>Looks through a table once.</summary>
    public async Task<ScanReport> RunAsync(string table, CancellationToken cancellationToken)
    {
        await clock.MeasureAsync(table, cancellationToken);
        var mark = await marks.ReadAsync(table, cancellationToken);
        var begun = clock.NowMs;
        var (report, found) = await FindAsync(table, Math.Max(0, mark.JudgedTo - (long)options.Value.Overlap.TotalMilliseconds), cancellationToken);
        if (report.Fault != StoreFault.None)
        {
            return report;
        }

        var judgedTo = begun;
        foreach (var (dataset, findings) in found)
        {
            foreach (var part in Parts(findings))
            {
                var answer = await intake.TakeAsync(dataset, [.. part.Select(finding => finding.Record)], cancellationToken);
                judgedTo = part.Where(finding => answer.Deferred.Contains(finding.Record)).Select(finding => finding.Oldest).Append(judgedTo).Min();
                report = report with { Taken = report.Taken + answer.Taken, Deferred = report.Deferred + answer.Deferred.Count };
            }
        }

        await marks.MoveAsync(mark with { JudgedTo = judgedTo }, cancellationToken);
        return report;
    }

    private async Task<(ScanReport Report, Dictionary<string, List<ScanFinding>> Found)> FindAsync(string table, long sinceMs, CancellationToken cancellationToken)
    {
        var report = new ScanReport();
        var found = new Dictionary<string, List<ScanFinding>>();
        var start = "";
        while (true)
        {
            var page = await store.ScanChangedAsync(table, start, sinceMs, PageRows, cancellationToken);
            if (page.Fault != StoreFault.None)
            {
                return (report with { Fault = page.Fault }, found);
            }

            report = report with { Rows = report.Rows + page.Rows.Count };
            foreach (var row in page.Rows)
            {
                if (RowKeys.TryParse(row.Key, out var dataset, out var name, out var key) && stores.Find(name) is not null && ForeignTrace.Of(row, codecs.Of(name)) is { } trace)
                {
                    if (!found.TryGetValue(dataset, out var findings))
                    {
                        found[dataset] = findings = [];
                    }

                    findings.Add(new ScanFinding(new RecordId(name, key), trace.Oldest));
                }
            }

            if (page.End)
            {
                return (report, found);
            }

            start = page.NextStart!;
        }
    }

    /// <summary>Each store by itself: one whose rows cannot be judged now must not keep the others.</summary>
    private static IEnumerable<ScanFinding[]> Parts(List<ScanFinding> findings) =>
        findings.GroupBy(finding => finding.Record.Store).SelectMany(group => group.Chunk(ForeignIntake.MaxRecords));
}
