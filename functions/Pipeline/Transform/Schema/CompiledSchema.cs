using System.Text.Json;
using MyriadSync.Contracts;
using MyriadSync.Contracts.Values;

namespace MyriadSync.Pipeline.Transform.Schema;

/// <summary>A store's schema, ready to check values.</summary>
internal sealed class CompiledSchema(SchemaNode root)
{
    /// <summary>Null: the value (canonical JSON) holds. Otherwise what is wrong, the pointer relative to it.</summary>
    public Refusal? Check(ReadOnlyMemory<byte> value)
    {
        var reader = new Utf8JsonReader(value.Span, CanonicalJson.ReaderOptions);
        CanonicalJson.Next(ref reader);
        return root.Check(ref reader, value.Span);
    }

    /// <summary>Null: the value of a top-level field holds, as far as the schema's <c>properties</c> tell.</summary>
    public Refusal? CheckField(string name, ReadOnlyMemory<byte> value) =>
        (root as ValueNode)?.Object?.Properties.FirstOrDefault(property => property.Name == name) is { } property ? new CompiledSchema(property.Schema).Check(value) : null;

    /// <summary>Types that a top-level field may have, as far as the schema's <c>properties</c> tell.</summary>
    public JsonTypes TypesOf(string name) =>
        ((root as ValueNode)?.Object?.Properties.FirstOrDefault(property => property.Name == name)?.Schema as ValueNode)?.Types ?? JsonTypes.Any;

    /// <summary>Whether every record has the top-level field, as far as the schema's <c>required</c> tells.</summary>
    public bool Requires(string name) => (root as ValueNode)?.Object?.Properties.Any(property => property.Name == name && property.Required) == true;

    /// <summary>Whether a top-level field can be there at all.</summary>
    public bool Knows(string name) =>
        (root as ValueNode)?.Object is not { } rules || rules.AllowsOthers || rules.Properties.Any(property => property.Name == name);
}
