using System.Buffers.Text;
using System.Globalization;
using System.Text;
using MyriadSync.MyriadEmulator.Store;

namespace MyriadSync.MyriadEmulator.HBase;

/// <summary>
/// <c>row[/column,column][/from,to]</c> as it stands in a path or in the <c>row=</c> of a multi-get, still percent-encoded. The gateway decodes it
/// as a form field, so a plus is a space; and a multi-get's parameter was already decoded once, which is why `,`, `/` and `%` cannot be in a key there.
/// </summary>
internal sealed class RowSpec
{
    private readonly List<(string Family, byte[]? Qualifier)> _columns = [];

    public byte[] Row { get; private set; } = [];

    public IReadOnlyList<(string Family, byte[]? Qualifier)> Columns => _columns;

    public long From { get; private set; }

    public long To { get; private set; } = long.MaxValue;

    public bool HasTimes { get; private set; }

    /// <summary>What a DELETE takes for a timestamp. A range that does not begin at 0 is none, and everything up to now is deleted.</summary>
    public bool HasTimestamp => HasTimes && From == 0 && To != long.MaxValue;

    /// <summary>The form names a range of rows, which is not emulated.</summary>
    public bool IsRange { get; private set; }

    /// <summary>The timestamps are numbers but make no range.</summary>
    public Answer? BadRange => To < 0
        ? Answer.BadRequest(
            $"java.lang.IllegalArgumentException: Timestamp cannot be negative. minStamp:{From}, maxStamp:{To}", "io.TimeRange.check(TimeRange.java:157)")
        : To < From
            ? Answer.BadRequest("java.lang.IllegalArgumentException: maxStamp is smaller than minStamp", "io.TimeRange.check(TimeRange.java:161)")
            : null;

    /// <param name="encoded">As it came.</param>
    /// <param name="inBase64">Row and columns are base64url, as gateways from 2.6 on take them.</param>
    /// <returns>Null where the gateway fails with an exception.</returns>
    public static RowSpec? Parse(string encoded, bool inBase64 = false)
    {
        var parts = encoded.Split('/');
        var spec = new RowSpec();
        var comma = parts[0].IndexOf(',', StringComparison.Ordinal);
        spec.IsRange = comma >= 0;
        if (!TryDecode(comma < 0 ? parts[0] : parts[0][..comma], inBase64, out var row) || row.Length == 0)
            return null;
        spec.Row = row;
        if (parts.Length > 1 && parts[1].Length > 0 && !spec.ParseColumns(parts[1], inBase64))
            return null;
        return parts.Length > 2 && parts[2].Length > 0 && !spec.ParseTimestamps(parts[2]) ? null : spec;
    }

    public ReadSpec ToRead(int versions)
    {
        var read = new ReadSpec { From = From, To = To, MaxVersions = versions };
        foreach (var (family, qualifier) in Columns)
            read.Select(family, qualifier);
        return read;
    }

    /// <summary>Adds columns, <c>d</c> for a family and <c>d:</c> for its empty qualifier.</summary>
    public bool ParseColumns(string encoded, bool inBase64 = false)
    {
        foreach (var part in encoded.Split(','))
        {
            if (part.Length == 0 || !TryDecode(part, inBase64, out var column))
                return false;
            _columns.Add(SplitColumn(column));
        }
        // The gateway keeps them in a sorted set: a family comes before its columns, and so the columns decide.
        _columns.Sort((x, y) => Compare(x, y));
        return true;
    }

    private static bool TryDecode(string encoded, bool inBase64, out byte[] bytes)
    {
        if (!FormDecoder.TryDecode(encoded, out bytes))
            return false;
        if (!inBase64)
            return true;
        var text = Encoding.UTF8.GetString(bytes);
        if (!Base64Url.IsValid(text))
            return false;
        bytes = Base64Url.DecodeFromChars(text);
        return true;
    }

    public static (string Family, byte[]? Qualifier) SplitColumn(ReadOnlySpan<byte> column)
    {
        var colon = column.IndexOf((byte)':');
        return colon < 0 ? (Encoding.UTF8.GetString(column), null) : (Encoding.UTF8.GetString(column[..colon]), column[(colon + 1)..].ToArray());
    }

    private static int Compare((string Family, byte[]? Qualifier) x, (string Family, byte[]? Qualifier) y)
    {
        var order = string.CompareOrdinal(x.Family, y.Family);
        if (order != 0 || x.Qualifier is null || y.Qualifier is null)
            return order != 0 ? order : (x.Qualifier is null ? 0 : 1) - (y.Qualifier is null ? 0 : 1);
        return x.Qualifier.AsSpan().SequenceCompareTo(y.Qualifier);
    }

    private bool ParseTimestamps(string text)
    {
        var comma = text.IndexOf(',', StringComparison.Ordinal);
        long from = 0;
        if (comma >= 0 && !TryParse(text[..comma], out from))
            return false;
        if (!TryParse(text[(comma + 1)..], out var to))
            return false;
        (From, To, HasTimes) = (from, to, true);
        return true;
    }

    private static bool TryParse(string text, out long number) => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);
}
