using System.Globalization;
using System.Text;
using System.Text.Json;
using MyriadSync.Contracts;
using MyriadSync.Contracts.Values;

namespace MyriadSync.Pipeline.Transform.Schema;

/// <summary>What a schema says of arrays.</summary>
internal sealed class ArrayRules
{
    /// <summary>For the first elements, one each.</summary>
    public IReadOnlyList<SchemaNode> Prefix { get; init; } = [];

    /// <summary>For the elements after them; null: any value.</summary>
    public SchemaNode? Items { get; init; }

    /// <summary>Fewest elements.</summary>
    public int Min { get; init; }

    /// <summary>Most elements.</summary>
    public int Max { get; init; } = int.MaxValue;

    /// <summary>No two are equal.</summary>
    public bool Unique { get; init; }

    public Refusal? Check(ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        var seen = Unique ? new HashSet<string>(StringComparer.Ordinal) : null;
        var count = 0;
        for (CanonicalJson.Next(ref reader); reader.TokenType != JsonTokenType.EndArray; CanonicalJson.Next(ref reader), count++)
        {
            var start = (int)reader.TokenStartIndex;
            if ((count < Prefix.Count ? Prefix[count] : Items) is { } schema)
            {
                if (schema.Check(ref reader, json) is { } wrong)
                {
                    return wrong.Under("/" + count.ToString(CultureInfo.InvariantCulture));
                }
            }
            else
            {
                reader.Skip();
            }

            // Canonical bytes are equal where values are.
            if (seen?.Add(Encoding.UTF8.GetString(json[start..(int)reader.BytesConsumed])) == false)
            {
                return Wrong("Two elements are equal.").Under("/" + count.ToString(CultureInfo.InvariantCulture));
            }
        }

        return count < Min ? Wrong($"At least {Min} elements are needed.") : count > Max ? Wrong($"At most {Max} elements are allowed.") : null;
    }

    private static Refusal Wrong(string detail) => new(SchemaNode.Reason, "", detail);
}
