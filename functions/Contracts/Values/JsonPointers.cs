using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace MyriadSync.Contracts.Values;

/// <summary>JSON Pointers (RFC 6901). Segments are UTF-16 and may hold lone surrogates, as member names may.</summary>
internal static class JsonPointers
{
    /// <summary>Splits a pointer into unescaped segments; the empty pointer has none. False if it is malformed.</summary>
    public static bool TryParse(string pointer, [NotNullWhen(true)] out IReadOnlyList<string>? segments)
    {
        segments = null;
        if (pointer.Length == 0)
        {
            segments = [];
            return true;
        }

        if (pointer[0] != '/' || !EscapesAreKnown(pointer)) return false;

        var parts = pointer[1..].Split('/');
        for (var i = 0; i < parts.Length; i++)
        {
            if (parts[i].Contains('~', StringComparison.Ordinal))
                parts[i] = parts[i].Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
        }

        segments = parts;
        return true;
    }

    /// <summary>The pointer that leads through the segments.</summary>
    public static string Format(IEnumerable<string> segments)
    {
        var pointer = new StringBuilder();
        foreach (var segment in segments) pointer.Append('/').Append(Escape(segment));
        return pointer.ToString();
    }

    /// <summary>The pointer one level below <paramref name="pointer"/>.</summary>
    public static string Append(string pointer, string segment) => $"{pointer}/{Escape(segment)}";

    /// <summary>The pointer is that of the place, or leads into it. Escapes need no regard: equal names are escaped equally.</summary>
    public static bool IsAtOrIn(string pointer, string place) =>
        pointer.StartsWith(place, StringComparison.Ordinal) && (pointer.Length == place.Length || pointer[place.Length] == '/');

    private static string Escape(string segment) =>
        segment.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    private static bool EscapesAreKnown(string pointer)
    {
        for (var at = pointer.IndexOf('~', StringComparison.Ordinal); at >= 0; at = pointer.IndexOf('~', at + 1))
        {
            if (at + 1 == pointer.Length || pointer[at + 1] is not ('0' or '1')) return false;
        }

        return true;
    }
}
