using System.Buffers;

namespace MyriadSync.Myriad.HBase;

/// <summary>The alphabet of row keys: the characters that every operation of every version of the gateway can name.</summary>
internal static class RowKeys
{
    // In byte order.
    private const string Alphabet = "-.0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz~";

    private static readonly SearchValues<char> Characters = SearchValues.Create(Alphabet);

    /// <summary>Whether a key is not empty and only of the alphabet.</summary>
    public static bool IsLegal(string key) => key.Length > 0 && !key.AsSpan().ContainsAnyExcept(Characters);

    /// <summary>Throws for a key that no caller may pass on.</summary>
    /// <param name="key">The key.</param>
    /// <param name="anyBytes">The table is one that others made: its keys may be of any bytes, a character each.</param>
    public static void Demand(string key, bool anyBytes = false)
    {
        if (anyBytes ? key.Length == 0 || key.AsSpan().ContainsAnyExceptInRange('\0', 'ÿ') : !IsLegal(key))
            throw new ArgumentException($"A row key of {key.Length} characters is empty or holds characters outside A-Z a-z 0-9 - . _ ~.", nameof(key));
    }

    /// <summary>The smallest key of the alphabet above this one, which may be any text; null when there is none.</summary>
    public static string? After(string key)
    {
        var foreign = key.AsSpan().IndexOfAnyExcept(Characters);
        if (foreign < 0)
            return key + Alphabet[0];

        foreach (var letter in Alphabet)
        {
            if (letter > key[foreign])
                return string.Concat(key.AsSpan(0, foreign), [letter]);
        }

        // Nothing that begins like it lies above it: the next one differs earlier.
        for (var i = foreign - 1; i >= 0; i--)
        {
            var place = Alphabet.IndexOf(key[i], StringComparison.Ordinal);
            if (place < Alphabet.Length - 1)
                return string.Concat(key.AsSpan(0, i), [Alphabet[place + 1]]);
        }

        return null;
    }
}
