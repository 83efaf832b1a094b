using System.Text;

namespace MyriadSync.MyriadEmulator.HBase;

/// <summary>The filters that a scan may name: <c>KeyOnlyFilter()</c>, <c>FirstKeyOnlyFilter()</c> and <c>PrefixFilter('…')</c>, joined by <c>AND</c>.</summary>
internal sealed record ScanFilter(bool KeysOnly, bool FirstCellOnly, byte[]? Prefix)
{
    private const string PrefixStart = "PrefixFilter('";

    private const string PrefixEnd = "')";

    /// <returns>An answer for what is not emulated or, as JSON, not understood by the gateway either.</returns>
    public static Answer? Parse(string? text, out ScanFilter filter)
    {
        filter = new ScanFilter(false, false, null);
        if (text is null)
            return null;
        if (text.TrimStart().StartsWith('{'))
            return Answer.RequestFailed;
        foreach (var part in text.Split(" AND ", StringSplitOptions.TrimEntries))
        {
            if (part == "KeyOnlyFilter()")
                filter = filter with { KeysOnly = true };
            else if (part == "FirstKeyOnlyFilter()")
                filter = filter with { FirstCellOnly = true };
            else if (part.StartsWith(PrefixStart, StringComparison.Ordinal) && part.EndsWith(PrefixEnd, StringComparison.Ordinal))
                filter = filter with { Prefix = Encoding.UTF8.GetBytes(part[PrefixStart.Length..^PrefixEnd.Length]) };
            else
                return Answer.NotEmulated($"the filter {part}");
        }
        return null;
    }
}
