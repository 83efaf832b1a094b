using System.Text;
using System.Text.Json;
using MyriadSync.Contracts.Keys;
using MyriadSync.Contracts.Values;

namespace MyriadSync.Triggers.Http;

/// <summary>
/// A record's key as a part of the path: in its JSON form, or in its row-key form. The two cannot be mixed up: JSON of a key begins with <c>" [ { -</c> or a
/// digit, a row key with a letter.
/// </summary>
internal static class KeyParameter
{
    /// <summary>Reads the route's value; false for what is no key in either form.</summary>
    public static bool TryParse(string text, out RecordKey key)
    {
        // Routing leaves an escaped slash escaped.
        var json = text.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
        return RecordKey.TryDecode(text, out key) || TryParseJson(Encoding.UTF8.GetBytes(json), out key);
    }

    private static bool TryParseJson(ReadOnlySpan<byte> json, out RecordKey key)
    {
        key = default;
        try
        {
            var reader = new Utf8JsonReader(json, CanonicalJson.ReaderOptions);
            return reader.Read() && RecordKey.TryRead(ref reader, out key, out _) && !reader.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
