namespace MyriadSync.Myriad.HBase;

/// <summary>Rows of a range that are wanted.</summary>
internal sealed record RangeScan
{
    /// <summary>The table.</summary>
    public required string Table { get; init; }

    /// <summary>First key (inclusive); empty: the table's first.</summary>
    public required string Start { get; init; }

    /// <summary>First key behind; empty: the table's end.</summary>
    public string End { get; init; } = "";

    /// <summary>The only column wanted; null: all.</summary>
    public string? Column { get; init; }

    /// <summary>Only cells of this time (ms) or later, in several versions; null: the newest cells, however old.</summary>
    public long? SinceMs { get; init; }

    /// <summary>What it is for, for spans and logs.</summary>
    public string Operation { get; init; } = "scan";

    /// <summary>A stateless scan can name its ends. They are text there, and no version of gateways takes base64 in their place.</summary>
    public bool IsText => KeyForm.IsUtf8(Start) && KeyForm.IsUtf8(End);
}
