namespace MyriadSync.Myriad.Existing;

/// <summary>Writes to one existing table, by its row keys; what sync notes is in family <c>m</c> still.</summary>
internal sealed class TableWrites
{
    /// <summary>Rows to write.</summary>
    public List<RowPut> Puts { get; } = [];

    /// <summary>Columns to remove.</summary>
    public List<RowDelete> Deletes { get; } = [];

    /// <summary>Row key of the table to the key that the row goes by.</summary>
    public Dictionary<string, string> Keys { get; } = new(StringComparer.Ordinal);
}
