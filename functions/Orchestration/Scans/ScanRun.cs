using MyriadSync.ChangeLog;
using MyriadSync.Myriad;

namespace MyriadSync.Orchestration.Scans;

/// <summary>One scan under way: what it found and has not judged yet, and what it came to so far.</summary>
internal sealed class ScanRun(ScanMark mark, long begunMs)
{
    private readonly Dictionary<string, List<ScanFinding>> _open = [];
    private readonly HashSet<string> _renewing = [.. mark.Loading];

    /// <summary>The table's mark, as it is stored.</summary>
    public ScanMark Mark { get; set; } = mark;

    /// <summary>What was written before (ms) needs no further look.</summary>
    public long JudgedTo { get; private set; } = begunMs;

    /// <summary>What it came to.</summary>
    public ScanReport Report { get; private set; } = new();

    /// <summary>Datasets with findings that were not judged yet.</summary>
    public IReadOnlyCollection<string> Datasets => [.. _open.Keys];

    /// <summary>The dataset is taken over as a bulk load.</summary>
    public bool IsLoading(string dataset) => Mark.Loading.Contains(dataset);

    /// <summary>Rows of the dataset may have been noted, by this scan or by one that broke off: only a new epoch shows them.</summary>
    public bool IsRenewing(string dataset) => _renewing.Contains(dataset);

    /// <summary>Rows of the dataset were taken over.</summary>
    public void Renew(string dataset) => _renewing.Add(dataset);

    /// <summary>Findings of a dataset that were not judged yet.</summary>
    public int Open(string dataset) => _open.GetValueOrDefault(dataset)?.Count ?? 0;

    /// <summary>Adds a finding.</summary>
    public void Add(string dataset, ScanFinding finding)
    {
        if (!_open.TryGetValue(dataset, out var findings))
        {
            _open[dataset] = findings = [];
        }

        findings.Add(finding);
    }

    /// <summary>Hands out what is to be judged now.</summary>
    public IEnumerable<ScanFinding[]> Take(string dataset) => _open.Remove(dataset, out var findings) ? ForeignIntake.Parts(findings) : [];

    /// <summary>Notes how many rows a page had.</summary>
    public void Saw(int rows) => Report = Report with { Rows = Report.Rows + rows };

    /// <summary>Notes what became of findings.</summary>
    public void Note(ScanFinding[] findings, IntakeAnswer answer)
    {
        JudgedTo = findings.Where(finding => answer.Deferred.Contains(finding.Record)).Select(finding => finding.Oldest).Append(JudgedTo).Min();
        Report = Report with { Taken = Report.Taken + answer.Taken, Deferred = Report.Deferred + answer.Deferred.Count };
    }

    /// <summary>Ends it.</summary>
    public ScanReport Stop(StoreFault fault) => Report with { Fault = fault };
}
