namespace MyriadSync.Orchestration.Rebuild;

/// <summary>What the rows of one dataset say of the log that wrote them.</summary>
internal sealed class DatasetSurvey
{
    /// <summary>Rows of records, tombstones included.</summary>
    public long Rows { get; set; }

    /// <summary>Rows that are not as sync wrote them.</summary>
    public long Differing { get; set; }

    /// <summary>Rows that sync wrote later than the cluster's clock is.</summary>
    public long Ahead { get; set; }

    /// <summary>Refused records of the log that the cluster has in a later revision.</summary>
    public int Released { get; set; }

    /// <summary>Highest revision.</summary>
    public long HighestRev { get; private set; }

    /// <summary>Newest commit (ms) that is not <see cref="Ahead"/>.</summary>
    public long HighestTimestamp { get; private set; }

    /// <summary>Clients whose edits are in the rows, and that nobody has noted yet.</summary>
    public HashSet<string> Clients { get; } = new(StringComparer.Ordinal);

    /// <summary>Takes in what sync noted in a row.</summary>
    /// <param name="rev">Its revision.</param>
    /// <param name="timestamp">When (ms) that was written.</param>
    /// <param name="ceiling">A later one (ms) does not count: it would keep every commit to come in the future.</param>
    public void Add(long rev, long timestamp, long ceiling)
    {
        HighestRev = Math.Max(HighestRev, rev);
        if (timestamp > ceiling)
        {
            Ahead++;
        }
        else
        {
            HighestTimestamp = Math.Max(HighestTimestamp, timestamp);
        }
    }
}
