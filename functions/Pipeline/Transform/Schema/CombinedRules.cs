using System.Text.Json;
using MyriadSync.Contracts;

namespace MyriadSync.Pipeline.Transform.Schema;

/// <summary>Schemas that a schema is put together from; each reads the value for itself.</summary>
internal sealed class CombinedRules
{
    /// <summary>All must hold, a <c>$ref</c> beside other keywords among them.</summary>
    public IReadOnlyList<SchemaNode> All { get; init; } = [];

    /// <summary>At least one must; null: not asked for.</summary>
    public IReadOnlyList<SchemaNode>? Any { get; init; }

    /// <summary>Exactly one must; null: not asked for.</summary>
    public IReadOnlyList<SchemaNode>? One { get; init; }

    /// <summary>Must not; null: not asked for.</summary>
    public SchemaNode? Not { get; init; }

    /// <summary>All of them.</summary>
    public IEnumerable<SchemaNode> Schemas => [.. All, .. Any ?? [], .. One ?? [], .. Not is null ? (SchemaNode[])[] : [Not]];

    public Refusal? Check(Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        foreach (var schema in All)
        {
            var copy = reader;
            if (schema.Check(ref copy, json) is { } wrong)
            {
                return wrong;
            }
        }

        if (Any is not null && Count(Any, reader, json) == 0)
        {
            return Wrong("The value keeps to none of the schemas of which one must hold.");
        }

        if (One is not null && Count(One, reader, json) is var holding and not 1)
        {
            return Wrong($"The value keeps to {holding} of the schemas of which exactly one must hold.");
        }

        return Not is not null && Count([Not], reader, json) == 1 ? Wrong("The value is one that is excluded.") : null;
    }

    private static int Count(IReadOnlyList<SchemaNode> schemas, Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        var holding = 0;
        foreach (var schema in schemas)
        {
            var copy = reader;
            holding += schema.Check(ref copy, json) is null ? 1 : 0;
        }

        return holding;
    }

    private static Refusal Wrong(string detail) => new(SchemaNode.Reason, "", detail);
}
