using CsCheck;

namespace MyriadSync.UnitTests.Contracts;

/// <summary>Random text as IndexedDB allows it, and its many spellings in JSON.</summary>
internal static class RandomText
{
    private static readonly Gen<char> Unit = Gen.Frequency(
        (6, Gen.Char['a', 'e']),
        (4, Gen.Char[' ', '\x7f']),
        (1, Gen.Char['\0', '\x1f']),
        (1, Gen.Char['\x80', '\u07ff']),
        (2, Gen.Char['\ud7f0', '\ue010']),
        (2, Gen.Char['\ud800', '\udfff']),
        (1, Gen.Char['\0', '\uffff']),
        (2, Gen.OneOf('$', '/', '~', '-', '.', '_', '9', ':', '@', 'Z', '[', '^', '`', '{', '"', '\\')));

    /// <summary>UTF-16, lone surrogates included.</summary>
    public static readonly Gen<string> Any = Unit.Array[0, 8].Select(units => new string(units));

    /// <summary>A JSON string of the text. Each unit is spelled one way or another, by the bits of <paramref name="spelling"/>.</summary>
    public static string ToJson(string text, int spelling)
    {
        var json = new System.Text.StringBuilder("\"");
        for (var i = 0; i < text.Length; i++)
        {
            var unit = text[i];
            var paired = (i + 1 < text.Length && char.IsSurrogatePair(unit, text[i + 1])) || (i > 0 && char.IsSurrogatePair(text[i - 1], unit));
            var mustEscape = unit < ' ' || unit is '"' or '\\' || (char.IsSurrogate(unit) && !paired);

            // Both halves of a pair are spelled alike: a raw half is no UTF-8.
            var escape = !char.IsSurrogate(unit) && (((spelling >> (i % 16)) & 1) == 1);
            if (!mustEscape && !escape) json.Append(unit);
            else json.Append(System.Globalization.CultureInfo.InvariantCulture, $"\\u{(int)unit:x4}");
        }

        return json.Append('"').ToString();
    }
}
