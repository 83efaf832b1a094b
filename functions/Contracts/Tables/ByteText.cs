using System.Text;

namespace MyriadSync.Contracts.Tables;

/// <summary>
/// Row keys as the app passes them about: a text with a character for each byte, U+0000 to U+00FF. Ordinal order of such texts is byte order, and a key of
/// <c>A-Z a-z 0-9 - . _ ~</c> is written as it is.
/// </summary>
internal static class ByteText
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The text of some bytes.</summary>
    public static string Of(ReadOnlySpan<byte> bytes) => Encoding.Latin1.GetString(bytes);

    /// <summary>The bytes of such a text.</summary>
    public static byte[] Bytes(string text) => Encoding.Latin1.GetBytes(text);

    /// <summary>The row key that holds a well-formed text as UTF-8.</summary>
    public static string OfUtf8(string text) => Of(Strict.GetBytes(text));

    /// <summary>The text that a row key holds as UTF-8; false for other bytes.</summary>
    public static bool TryUtf8(string row, out string text)
    {
        try
        {
            text = Strict.GetString(Bytes(row));
            return true;
        }
        catch (DecoderFallbackException)
        {
            text = "";
            return false;
        }
    }
}
