using System.Text.Json;

namespace MyriadSync.Pipeline.Transform.Schema;

/// <summary>The references of a schema, and what they refer to: bound when all of it is compiled, because definitions may refer to each other.</summary>
/// <param name="fault">Takes what is wrong: pointer from the schema's root, and detail.</param>
internal sealed class SchemaReferences(Action<string, string> fault)
{
    private const string LocalPrefix = "#/$defs/";

    private readonly Dictionary<string, SchemaNode> _definitions = [];
    private readonly List<(ReferenceNode Node, string Name, string Pointer)> _references = [];

    /// <summary>Names a schema.</summary>
    public void Define(string name, SchemaNode node) => _definitions[name] = node;

    /// <summary>The node of a <c>$ref</c>.</summary>
    public SchemaNode Read(SchemaPart target)
    {
        var text = target.Json.ValueKind == JsonValueKind.String ? target.Json.GetString()! : "";
        if (text.StartsWith(TagNode.Prefix, StringComparison.Ordinal) && TagNode.Names.Contains(text[TagNode.Prefix.Length..]))
        {
            return new TagNode(text[TagNode.Prefix.Length..]);
        }

        if (text.StartsWith(LocalPrefix, StringComparison.Ordinal))
        {
            var node = new ReferenceNode();
            _references.Add((node, text[LocalPrefix.Length..], target.Pointer));
            return node;
        }

        target.Wrong($"A reference names {LocalPrefix}… of this schema, or one of the tags {string.Join(", ", TagNode.Names.Select(name => TagNode.Prefix + name))}.");
        return new ConstantNode(true);
    }

    /// <summary>Binds all of them.</summary>
    public void Bind()
    {
        foreach (var (node, name, pointer) in _references)
        {
            node.Target = _definitions.GetValueOrDefault(name);
            if (node.Target is null)
            {
                fault(pointer, $"There is no {LocalPrefix}{name}.");
                node.Target = new ConstantNode(true);
            }
        }

        foreach (var (node, _, pointer) in _references.Where(reference => LeadsToItself(reference.Node)))
        {
            fault(pointer, "This reference leads to itself.");
            node.Target = new ConstantNode(true);
        }
    }

    /// <summary>True when one comes back without having gone down into the value: checking it would never end.</summary>
    private static bool LeadsToItself(ReferenceNode node)
    {
        var seen = new HashSet<SchemaNode>();
        var ahead = new Stack<SchemaNode>(node.OfTheSameValue);
        while (ahead.TryPop(out var at))
        {
            if (at == node)
            {
                return true;
            }

            foreach (var next in seen.Add(at) ? at.OfTheSameValue : [])
            {
                ahead.Push(next);
            }
        }

        return false;
    }
}
