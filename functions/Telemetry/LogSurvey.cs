namespace MyriadSync.Telemetry;

/// <summary>How the datasets stand, added up by whoever goes over all of them.</summary>
internal sealed class LogSurvey
{
    /// <summary>Datasets seen.</summary>
    public int Datasets { get; private set; }

    /// <summary>Records that the cluster refuses.</summary>
    public long Held { get; private set; }

    /// <summary>Entries that are not on the cluster.</summary>
    public long Backlog { get; private set; }

    /// <summary>Age of the oldest commit that is not on the cluster.</summary>
    public TimeSpan Lag { get; private set; }

    /// <summary>Adds a dataset.</summary>
    /// <param name="backlog">Entries between the cluster and the end of the log.</param>
    /// <param name="held">Records held.</param>
    public void Add(long backlog, int held)
    {
        Datasets++;
        Backlog += backlog;
        Held += held;
    }

    /// <summary>Adds the oldest commit of a dataset that is not on the cluster.</summary>
    /// <param name="commitTs">Its timestamp, ms.</param>
    /// <param name="now">Now. Commits follow the cluster's clock: one that is ahead of ours counts as new.</param>
    public void Add(long commitTs, DateTimeOffset now)
    {
        var age = TimeSpan.FromMilliseconds(Math.Max(0, now.ToUnixTimeMilliseconds() - commitTs));
        Lag = age > Lag ? age : Lag;
    }
}
