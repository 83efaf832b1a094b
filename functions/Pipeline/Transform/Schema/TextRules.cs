using System.Text.Json;
using System.Text.RegularExpressions;
using MyriadSync.Contracts;
using MyriadSync.Contracts.Values;

namespace MyriadSync.Pipeline.Transform.Schema;

/// <summary>What a schema says of strings. Lengths are in Unicode characters, a lone surrogate being one.</summary>
internal sealed class TextRules
{
    /// <summary>Fewest characters.</summary>
    public int Min { get; init; }

    /// <summary>Most characters.</summary>
    public int Max { get; init; } = int.MaxValue;

    /// <summary>Must match somewhere; null: no matter.</summary>
    public Regex? Pattern { get; init; }

    public Refusal? Check(ref Utf8JsonReader reader)
    {
        // The bytes are at least as many as the characters, and at most six for each: most texts need not be looked into.
        var bytes = reader.ValueSpan.Length;
        if (Pattern is null && bytes <= Max && bytes >= Min * 6L)
        {
            return null;
        }

        WireText.TryRead(ref reader, out var text);
        var length = text.Length - Pairs(text);
        return length < Min ? Wrong($"At least {Min} characters are needed.")
            : length > Max ? Wrong($"At most {Max} characters are allowed.")
            : Pattern?.IsMatch(text) == false ? Wrong("The text does not match the pattern.")
            : null;
    }

    private static int Pairs(string text)
    {
        var pairs = 0;
        for (var i = 1; i < text.Length; i++)
        {
            if (char.IsSurrogatePair(text[i - 1], text[i]))
            {
                pairs++;
                i++;
            }
        }

        return pairs;
    }

    private static Refusal Wrong(string detail) => new(SchemaNode.Reason, "", detail);
}
