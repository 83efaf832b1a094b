namespace MyriadSync.Myriad.HBase;

/// <summary>One gateway of the list, and what is known of it. The mutable part belongs to <see cref="GatewayPool"/> and is guarded by its lock.</summary>
internal sealed class GatewayEndpoint(Uri address)
{
    /// <summary>The address without a slash at its end. Paths are appended as text: a table name with a colon would be read as a scheme otherwise.</summary>
    public string BaseUrl { get; } = address.AbsoluteUri.TrimEnd('/');

    /// <summary>Host and port, for logs and spans.</summary>
    public string Authority { get; } = address.Authority;

    /// <summary>The HBase version of the gateway, null while it is not known. Forgotten when the endpoint fails: another version may come back.</summary>
    public string? Version { get; set; }

    /// <summary>Failures in a row.</summary>
    public int Failures { get; set; }

    /// <summary>Reading of the monotonic clock until when it is left out.</summary>
    public long LeftOutUntil { get; set; }

    /// <summary>A request is under way that finds out whether it is back.</summary>
    public bool Probing { get; set; }
}
