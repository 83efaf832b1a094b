using System.ComponentModel.DataAnnotations;

namespace MyriadSync.Contracts;

/// <summary>Limits of the wire, section <c>Limits</c>. Clients learn them from <c>GET /api/v1/datasets/{dataset}</c>.</summary>
public sealed class SyncLimits
{
    /// <summary>Changes a batch. Default 1,000: more would not fit one outcomes row comfortably.</summary>
    [Range(1, 1000)]
    public int BatchChanges { get; set; } = 1000;

    /// <summary>Bytes of a batch's body, uncompressed. Default 1 MiB.</summary>
    [Range(1024, 16 * 1024 * 1024)]
    public int BatchBytes { get; set; } = 1024 * 1024;

    /// <summary>Bytes of one value in canonical form. Default 256 KiB.</summary>
    [Range(1024, 512 * 1024)]
    public int ValueBytes { get; set; } = 256 * 1024;

    /// <summary>Nested containers in a value. Default 64.</summary>
    [Range(1, 256)]
    public int ValueDepth { get; set; } = 64;

    /// <summary>Entries of a page of changes or of a snapshot. Default 1,000.</summary>
    [Range(1, 1000)]
    public int PageEntries { get; set; } = 1000;

    /// <summary>Seconds that a pull or a push may wait. Default 30, well under the 230 s after which Azure cuts an answer.</summary>
    [Range(1, 120)]
    public int WaitSeconds { get; set; } = 30;

    /// <summary>Milliseconds that a client's clock may run ahead before it is clamped. Default 60,000.</summary>
    [Range(0, 3_600_000)]
    public int ClockAheadMs { get; set; } = 60_000;
}
