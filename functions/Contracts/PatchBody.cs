namespace MyriadSync.Contracts;

/// <summary>The verbs of a patch, in the order in which they are carried out. Pointers are RFC 6901; values are canonical JSON (UTF-8).</summary>
/// <remarks>
/// No pointer may equal or lie under another of the same patch, but for one that adds to and removes from the same set, with different elements: so the
/// order cannot change the result.
/// </remarks>
public sealed record PatchBody
{
    /// <summary>Pointer and the value it gets.</summary>
    public IReadOnlyList<KeyValuePair<string, ReadOnlyMemory<byte>>> Set { get; init; } = [];

    /// <summary>Pointers whose value goes.</summary>
    public IReadOnlyList<string> Unset { get; init; } = [];

    /// <summary>Pointer and what is added to the number there: a JSON number or a tagged bigint.</summary>
    public IReadOnlyList<KeyValuePair<string, ReadOnlyMemory<byte>>> Inc { get; init; } = [];

    /// <summary>Pointer and the elements that the set there gains.</summary>
    public IReadOnlyList<KeyValuePair<string, IReadOnlyList<ReadOnlyMemory<byte>>>> Add { get; init; } = [];

    /// <summary>Pointer and the elements that the set there loses.</summary>
    public IReadOnlyList<KeyValuePair<string, IReadOnlyList<ReadOnlyMemory<byte>>>> Remove { get; init; } = [];
}
