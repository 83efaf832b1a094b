using System.Text.Json;
using MyriadSync.Contracts;

namespace MyriadSync.Pipeline.Transform.Schema;

/// <summary>A compiled schema, or a part of one. It reads the value once, as bytes: nothing is made of a value that holds.</summary>
internal abstract class SchemaNode
{
    /// <summary>Reason of every refusal.</summary>
    public const string Reason = "schema";

    /// <summary>Schemas that it hands the very value to, and not a part of it.</summary>
    public virtual IEnumerable<SchemaNode> OfTheSameValue => [];

    /// <summary>Null: the value holds. Otherwise what is wrong, the pointer relative to the value.</summary>
    /// <param name="reader">Stands on the value's first token; on its last one afterwards, if the value holds.</param>
    /// <param name="json">The document under the reader, canonical.</param>
    public abstract Refusal? Check(ref Utf8JsonReader reader, ReadOnlySpan<byte> json);

    /// <summary>A refusal of the value itself.</summary>
    protected static Refusal Wrong(string detail) => new(Reason, "", detail);
}
