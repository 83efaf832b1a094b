using System.Globalization;
using System.Text;

namespace MyriadSync.MyriadEmulator.HBase;

/// <summary>Decodes as Java's URLDecoder does: percent escapes of UTF-8, plus for space; bytes that are not UTF-8 become U+FFFD.</summary>
internal static class FormDecoder
{
    /// <returns>False for an escape that is none.</returns>
    public static bool TryDecode(string encoded, out byte[] bytes)
    {
        if (encoded.AsSpan().IndexOfAny('%', '+') < 0)
        {
            bytes = Encoding.UTF8.GetBytes(encoded);
            return true;
        }
        var decoded = new MemoryStream(encoded.Length);
        bytes = [];
        for (var i = 0; i < encoded.Length; i++)
        {
            if (encoded[i] == '%')
            {
                if (i + 2 >= encoded.Length || !byte.TryParse(encoded.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var octet))
                    return false;
                decoded.WriteByte(octet);
                i += 2;
            }
            else if (encoded[i] == '+')
            {
                decoded.WriteByte((byte)' ');
            }
            else
            {
                var length = (i + 1 < encoded.Length && char.IsSurrogatePair(encoded[i], encoded[i + 1])) ? 2 : 1;
                decoded.Write(Encoding.UTF8.GetBytes(encoded.Substring(i, length)));
                i += length - 1;
            }
        }
        bytes = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(decoded.GetBuffer().AsSpan(0, (int)decoded.Length)));
        return true;
    }

    public static bool TryDecodeText(string encoded, out string text)
    {
        var done = TryDecode(encoded, out var bytes);
        text = Encoding.UTF8.GetString(bytes);
        return done;
    }
}
