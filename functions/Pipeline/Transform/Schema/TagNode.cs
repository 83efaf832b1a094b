using System.Text;
using System.Text.Json;
using MyriadSync.Contracts;

namespace MyriadSync.Pipeline.Transform.Schema;

/// <summary><c>$ref</c> to a tag of the published schema: a date, a binary and so on. That the tag is sound was checked when the value was read.</summary>
internal sealed class TagNode(string name) : SchemaNode
{
    /// <summary>Where the tags are defined, for files in the same folder.</summary>
    public const string Prefix = "./store.schema.json#/$defs/";

    /// <summary>The tags by their names there, without the sign.</summary>
    public static readonly IReadOnlyList<string> Names = ["date", "binary", "bigint", "map", "set", "undefined", "number"];

    private readonly byte[] _tag = Encoding.ASCII.GetBytes("$" + name);

    public override Refusal? Check(ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        var tagged = reader;
        if (reader.TokenType == JsonTokenType.StartObject && tagged.Read() && tagged.TokenType == JsonTokenType.PropertyName && tagged.ValueTextEquals(_tag))
        {
            reader.Skip();
            return null;
        }

        // A number needs its tag only where JSON cannot write it.
        return name == "number" && reader.TokenType == JsonTokenType.Number ? null : Wrong($"A value of kind {name} is needed: an object with the one member ${name}.");
    }
}
