using System.Text.Json;
using MyriadSync.Contracts;

namespace MyriadSync.Pipeline.Transform.Schema;

/// <summary>A schema that is an object: its type, then what goes with the type, then what other schemas add.</summary>
internal sealed class ValueNode : SchemaNode
{
    /// <summary>Types that may be.</summary>
    public JsonTypes Types { get; init; } = JsonTypes.Any;

    /// <summary>The only values that may be (canonical JSON); null: any.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>>? Fixed { get; init; }

    /// <summary>For objects.</summary>
    public ObjectRules? Object { get; init; }

    /// <summary>For arrays.</summary>
    public ArrayRules? Array { get; init; }

    /// <summary>For numbers.</summary>
    public NumberRules? Number { get; init; }

    /// <summary>For strings.</summary>
    public TextRules? Text { get; init; }

    /// <summary>Schemas that must hold as well.</summary>
    public CombinedRules? Combined { get; init; }

    public override IEnumerable<SchemaNode> OfTheSameValue => Combined?.Schemas ?? [];

    private static ReadOnlySpan<byte> TaggedZero => "{\"$number\":\"-0\"}"u8;

    public override Refusal? Check(ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        if (Combined is not null && Combined.Check(reader, json) is { } against)
        {
            return against;
        }

        var start = (int)reader.TokenStartIndex;
        var before = reader;
        if (Checked(ref reader, json) is { } refusal)
        {
            return refusal;
        }

        if (Fixed is null)
        {
            return null;
        }

        before.Skip();
        var value = json[start..(int)before.BytesConsumed];
        foreach (var allowed in Fixed)
        {
            if (value.SequenceEqual(allowed.Span))
            {
                return null;
            }
        }

        return Wrong("The value is none of those that are allowed here.");
    }

    private Refusal? Checked(ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject when IsTagged(reader):
                return Tagged(ref reader, json);
            case JsonTokenType.StartObject when Types.HasFlag(JsonTypes.Object):
                return Object is null ? Skip(ref reader) : Object.Check(ref reader, json);
            case JsonTokenType.StartArray when Types.HasFlag(JsonTypes.Array):
                return Array is null ? Skip(ref reader) : Array.Check(ref reader, json);
            case JsonTokenType.String when Types.HasFlag(JsonTypes.String):
                return Text?.Check(ref reader);
            case JsonTokenType.Number when (Types & (JsonTypes.Number | JsonTypes.Integer)) != 0:
                var number = reader.GetDouble();
                return !Types.HasFlag(JsonTypes.Number) && Math.Floor(number) != number ? WrongType() : Number?.Check(number);
            case JsonTokenType.True or JsonTokenType.False when Types.HasFlag(JsonTypes.Boolean):
            case JsonTokenType.Null when Types.HasFlag(JsonTypes.Null):
                return null;
            default:
                return WrongType();
        }
    }

    private Refusal? Tagged(ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        if (Object?.NamesTags == true && Types.HasFlag(JsonTypes.Object))
        {
            return Object.Check(ref reader, json);
        }

        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return json[start..(int)reader.BytesConsumed].SequenceEqual(TaggedZero) && (Types & (JsonTypes.Number | JsonTypes.Integer)) != 0 ? Number?.Check(0)
            : Types == JsonTypes.Any ? null
            : WrongType();
    }

    private static bool IsTagged(Utf8JsonReader reader) => reader.Read() && reader.TokenType == JsonTokenType.PropertyName && reader.ValueSpan.StartsWith((byte)'$');

    private static Refusal? Skip(ref Utf8JsonReader reader)
    {
        reader.Skip();
        return null;
    }

    private Refusal WrongType() => Wrong($"The value must be of type {TypeNames.Of(Types)}.");
}
