using System.Buffers;
using System.Text;

namespace MyriadSync.Myriad.HBase;

/// <summary>
/// How row keys of any bytes are named to the gateway. Text is percent-encoded; in a multiget twice, because the gateway decodes what its server has decoded
/// before, and a comma, a slash or a percent sign would not survive it. What is no text, or has characters that a path cannot carry, goes in base64, which
/// gateways know from HBase 2.6 on.
/// </summary>
internal static class KeyForm
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static readonly SearchValues<char> Unreserved = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~");

    /// <summary>Whether the key needs base64. A path cannot hold a zero byte, takes an asterisk for a prefix, and loses segments of dots.</summary>
    public static bool NeedsBase64(string key) => key is "." or ".." || key.AsSpan().ContainsAnyExcept(Unreserved) && (key.AsSpan().ContainsAny('\0', '*') || !IsUtf8(key));

    /// <summary>Whether the key is UTF-8, as the start of a stateless scan must be.</summary>
    public static bool IsUtf8(string key)
    {
        if (!key.AsSpan().ContainsAnyExceptInRange('\0', '\x7F'))
            return true;
        try
        {
            return Strict.GetCharCount(Encoding.Latin1.GetBytes(key)) >= 0;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    /// <summary>The key for a path, or for a parameter that is decoded once.</summary>
    public static string Percent(string key) => Escape(key, "%");

    /// <summary>The key for a multiget's parameter.</summary>
    public static string PercentTwice(string key) => Escape(key, "%25");

    /// <summary>The key in base64url.</summary>
    public static string Base64(string key) => System.Buffers.Text.Base64Url.EncodeToString(Encoding.Latin1.GetBytes(key));

    private static string Escape(string key, string percent)
    {
        if (!key.AsSpan().ContainsAnyExcept(Unreserved))
            return key;
        var text = new StringBuilder(key.Length * 3);
        foreach (var c in key)
        {
            if (Unreserved.Contains(c))
                text.Append(c);
            else
                text.Append(percent).Append(((byte)c).ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
        }

        return text.ToString();
    }
}
