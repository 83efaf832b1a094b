using System.Text.Json;
using MyriadSync.Contracts;

namespace MyriadSync.Pipeline.Transform.Schema;

/// <summary><c>$ref</c> to one of the file's <c>$defs</c>; bound when all of them are compiled, so that they may refer to each other.</summary>
internal sealed class ReferenceNode : SchemaNode
{
    /// <summary>What it stands for.</summary>
    public SchemaNode? Target { get; set; }

    public override IEnumerable<SchemaNode> OfTheSameValue => Target is null ? [] : [Target];

    public override Refusal? Check(ref Utf8JsonReader reader, ReadOnlySpan<byte> json) =>
        (Target ?? throw new InvalidOperationException("The reference is not bound.")).Check(ref reader, json);
}
