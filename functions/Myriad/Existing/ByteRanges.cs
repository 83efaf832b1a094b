namespace MyriadSync.Myriad.Existing;

/// <summary>Ranges of row keys of any bytes.</summary>
internal static class ByteRanges
{
    /// <summary>The first key behind all that begin like this; empty: the table's end.</summary>
    public static string EndOf(string prefix)
    {
        var cut = prefix.TrimEnd('\xFF');
        return cut.Length == 0 ? "" : string.Concat(cut.AsSpan(0, cut.Length - 1), [(char)(cut[^1] + 1)]);
    }
}
