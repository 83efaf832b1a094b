namespace MyriadSync.MyriadEmulator.Store;

/// <summary>A table: its name, its attributes and its families, ordered by name. Never changed; altering a table makes a new one.</summary>
internal sealed class TableSchema(long id, string name, long createdAtMs, IReadOnlyList<KeyValuePair<string, string>> attributes, IEnumerable<FamilySchema> families)
{
    /// <summary>The number that its rows carry; never used again after the table is dropped.</summary>
    public long Id { get; } = id;

    public string Name { get; } = name;

    public long CreatedAtMs { get; } = createdAtMs;

    public IReadOnlyList<KeyValuePair<string, string>> Attributes { get; } = attributes;

    public FamilySchema[] Families { get; } = [.. families.OrderBy(family => family.Name, StringComparer.Ordinal)];

    public FamilySchema? Find(ReadOnlySpan<byte> family)
    {
        foreach (var candidate in Families)
        {
            if (family.SequenceEqual(candidate.NameUtf8))
                return candidate;
        }
        return null;
    }
}
