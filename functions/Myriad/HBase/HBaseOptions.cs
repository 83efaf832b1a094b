namespace MyriadSync.Myriad.HBase;

/// <summary>Where the HBase REST gateways are and how hard to drive them. Checked when the app starts.</summary>
public sealed class HBaseOptions
{
    /// <summary>The section of the configuration that these are read from.</summary>
    public const string Section = "Myriad:HBase";

    /// <summary>
    /// Base addresses of the gateways (<c>http</c> or <c>https</c>, a path is allowed), at least one. They are used in turn; one that fails
    /// is left out for a while.
    /// </summary>
    public IList<Uri> Endpoints { get; } = [];

    /// <summary>
    /// Time for one request, 0.1 s to 30 s. Default 5 s: a gateway that has lost its cluster answers 404 after ten seconds or more, and that
    /// must never be taken for the absence of a row.
    /// </summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Time for creating a namespace, a table or a family, and for one request that looks through a table for recent cells, 1 s to 5 min. Default 60 s.</summary>
    public TimeSpan AdminTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Requests under way at one time, over all operations of this process, 1 to 64. Default 8.</summary>
    public int MaxParallelRequests { get; set; } = 8;

    /// <summary>Length of a URL at most, 3,000 to 60,000 characters. Default 8,000, which gateways and proxies take as they come.</summary>
    public int MaxUrlLength { get; set; } = 8000;

    /// <summary>Compresses bodies either way (gzip). Default off: it pays only over a network of less than some 200 Mbit/s.</summary>
    public bool Compress { get; set; }

    /// <summary>Who we are. Default: nobody in particular.</summary>
    public HBaseCredentials Credentials { get; set; } = new();
}
