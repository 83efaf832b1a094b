namespace MyriadSync.ChangeLog;

/// <summary>A range of a table, and which records were alive in it when it was last looked at. The pages of a table are a chain from its start to its end.</summary>
internal sealed record AuditPage
{
    /// <summary>First place of the range; empty: the table's start.</summary>
    public required string Start { get; init; }

    /// <summary>First place behind the range, where the next page starts; empty: the table's end.</summary>
    public required string End { get; init; }

    /// <summary>Keys of the range.</summary>
    public int Count { get; init; }

    /// <summary>The first of them; empty: there is none.</summary>
    public string First { get; init; } = "";

    /// <summary>The last of them; empty: there is none.</summary>
    public string Last { get; init; } = "";

    /// <summary>SHA-256 over them, in hexadecimal.</summary>
    public string Digest { get; init; } = "";

    /// <summary>Where the keys themselves are kept; empty: there are none.</summary>
    public string Keys { get; init; } = "";
}
