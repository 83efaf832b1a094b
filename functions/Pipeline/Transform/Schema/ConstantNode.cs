using System.Text.Json;
using MyriadSync.Contracts;

namespace MyriadSync.Pipeline.Transform.Schema;

/// <summary>The schemas <c>true</c> and <c>false</c>.</summary>
internal sealed class ConstantNode(bool holds) : SchemaNode
{
    public override Refusal? Check(ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        reader.Skip();
        return holds ? null : Wrong("No value is allowed here.");
    }
}
