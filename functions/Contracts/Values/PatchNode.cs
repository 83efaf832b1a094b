using System.Buffers;

namespace MyriadSync.Contracts.Values;

/// <summary>A value in a patch's working copy. It stays bytes until a pointer leads into it, so that a patch costs what it touches.</summary>
internal sealed class PatchNode
{
    private readonly ReadOnlyMemory<byte> _json;
    private Dictionary<string, PatchNode>? _members;
    private PatchList? _list;

    /// <summary>A value that is not opened yet.</summary>
    public PatchNode(ReadOnlyMemory<byte> json) => _json = json;

    private PatchNode(IEnumerable<RecordField> fields) => _members = Open(fields);

    /// <summary>The working copy of a record.</summary>
    public static PatchNode From(RecordValue value) => value.IsObject ? new PatchNode(value.Fields) : new PatchNode(value.Json);

    /// <summary>An object without members.</summary>
    public static PatchNode NewObject() => new([]);

    /// <summary>The members, to be changed in place; null if this is not a plain object.</summary>
    public Dictionary<string, PatchNode>? OpenObject()
    {
        if (_members is null && _list is null && CanonicalParts.TryGetFields(_json, out var fields)) _members = Open(fields);
        return _members;
    }

    /// <summary>The elements, to be changed in place; null if this is neither an array nor a set.</summary>
    public PatchList? OpenList()
    {
        if (_list is null && _members is null && CanonicalParts.TryGetElements(_json, out var isSet, out var elements)) _list = new PatchList(isSet, elements);
        return _list;
    }

    /// <summary>The canonical JSON of the value as it is now.</summary>
    public ReadOnlyMemory<byte> ToJson()
    {
        if (_members is null && _list is null) return _json;

        var output = new ArrayBufferWriter<byte>();
        if (_list is not null) _list.Write(output);
        else ObjectWriter.Write(RecordValue.Sort(ToFields()!), output);
        return output.WrittenMemory;
    }

    /// <summary>The fields of an opened object, in no order; null for anything else.</summary>
    public RecordField[]? ToFields() => _members?.Select(static member => new RecordField(member.Key, member.Value.ToJson())).ToArray();

    private static Dictionary<string, PatchNode> Open(IEnumerable<RecordField> fields) =>
        fields.ToDictionary(static field => field.Name, static field => new PatchNode(field.Json), StringComparer.Ordinal);
}
