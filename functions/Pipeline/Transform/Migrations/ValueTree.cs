using System.Diagnostics.CodeAnalysis;
using MyriadSync.Contracts.Values;

namespace MyriadSync.Pipeline.Transform.Migrations;

/// <summary>A record's value, open for changes at places that exist: nothing is made on the way to them.</summary>
internal sealed class ValueTree(RecordValue value)
{
    private readonly PatchNode _root = PatchNode.From(value);

    /// <summary>The object that holds, or could hold, the member.</summary>
    public bool TryParent(string pointer, [NotNullWhen(true)] out Dictionary<string, PatchNode>? parent, out string name)
    {
        (parent, name) = (null, "");
        if (!JsonPointers.TryParse(pointer, out var segments) || segments.Count == 0)
        {
            return false;
        }

        var members = _root.OpenObject();
        for (var i = 0; i < segments.Count - 1 && members is not null; i++)
        {
            members = members.TryGetValue(segments[i], out var child) ? child.OpenObject() : null;
        }

        (parent, name) = (members, segments[^1]);
        return parent is not null;
    }

    /// <summary>The value as it is now.</summary>
    public RecordValue ToValue() => _root.ToFields() is { } fields ? RecordValue.FromFields(fields) : RecordValue.FromRoot(_root.ToJson());
}
