namespace MyriadSync.Myriad.HBase;

/// <summary>A request to any of the gateways.</summary>
internal sealed record GatewayRequest
{
    public required HttpMethod Method { get; init; }

    /// <summary>Path and query, beginning with a slash, percent-encoded.</summary>
    public required string Path { get; init; }

    /// <summary>What it does, for spans and logs: <c>multiget</c>, <c>put</c>, …</summary>
    public required string Operation { get; init; }

    /// <summary>The table it is for; null for requests about the cluster.</summary>
    public string? Table { get; init; }

    /// <summary>JSON to send; it must not change before the answer is there.</summary>
    public ReadOnlyMemory<byte>? Body { get; init; }

    /// <summary>Rows in it, for spans.</summary>
    public int Rows { get; init; }

    /// <summary>The one gateway that can answer it; null: any.</summary>
    public GatewayEndpoint? Only { get; init; }

    /// <summary>Row keys in it are in base64, which only gateways from HBase 2.6 on understand.</summary>
    public bool NeedsBase64 { get; init; }

    /// <summary>It changes tables, or looks through a whole one for a few rows: that takes longer than reading or changing rows.</summary>
    public bool IsAdmin { get; init; }
}
