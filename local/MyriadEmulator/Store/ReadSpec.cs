namespace MyriadSync.MyriadEmulator.Store;

/// <summary>What a read wants to see of a row.</summary>
internal sealed class ReadSpec
{
    /// <summary>Family to qualifiers; a null list stands for the whole family; null for every family.</summary>
    public Dictionary<string, List<byte[]>?>? Columns { get; set; }

    /// <summary>First timestamp of the range, ms.</summary>
    public long From { get; set; }

    /// <summary>First timestamp after the range, ms.</summary>
    public long To { get; set; } = long.MaxValue;

    public int MaxVersions { get; set; } = 1;

    /// <summary>Cells come with an empty value (<c>KeyOnlyFilter()</c>).</summary>
    public bool KeysOnly { get; set; }

    /// <summary>Only the first cell of a row (<c>FirstKeyOnlyFilter()</c>).</summary>
    public bool FirstCellOnly { get; set; }

    /// <summary>Adds a family or a column, as HBase's Get does: of a family and one of its columns the one named last counts.</summary>
    public void Select(string family, byte[]? qualifier)
    {
        Columns ??= new(StringComparer.Ordinal);
        if (qualifier is null)
            Columns[family] = null;
        else if (Columns.TryGetValue(family, out var qualifiers) && qualifiers is not null)
            qualifiers.Add(qualifier);
        else
            Columns[family] = [qualifier];
    }
}
