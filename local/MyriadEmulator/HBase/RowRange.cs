using System.Text;

namespace MyriadSync.MyriadEmulator.HBase;

/// <summary>The rows of a scan: from a key (inclusive) up to another (exclusive), all with a prefix.</summary>
internal sealed record RowRange(byte[] Start, byte[] End, byte[] Prefix)
{
    public static RowRange Of(GatewayRequest request, byte[] prefix, byte[]? filterPrefix)
    {
        var start = Encoding.UTF8.GetBytes(request.Query("startrow") ?? "");
        var end = Encoding.UTF8.GetBytes(request.Query("endrow") ?? "");
        // HBase reads a scan whose ends are the same row as a get of that row.
        if (start.Length > 0 && start.AsSpan().SequenceEqual(end))
            end = After(end);
        var both = filterPrefix is not null && filterPrefix.Length > prefix.Length ? filterPrefix : prefix;
        return new RowRange(start.AsSpan().SequenceCompareTo(both) < 0 ? both : start, end, both);
    }

    /// <summary>The smallest key behind a key.</summary>
    public static byte[] After(byte[] key) => [.. key, 0];

    public bool Contains(ReadOnlySpan<byte> key) => key.StartsWith(Prefix) && (End.Length == 0 || key.SequenceCompareTo(End) < 0);
}
