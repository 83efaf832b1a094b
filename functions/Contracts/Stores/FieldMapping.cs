namespace MyriadSync.Contracts.Stores;

/// <summary>Where a top-level field of the client lies on the cluster.</summary>
public sealed record FieldMapping
{
    /// <summary>Family and qualifier, as in <c>d:pop</c>; null: the field is dropped.</summary>
    public string? Column { get; init; }

    /// <summary>How the cell is written.</summary>
    public CellEncoding Encoding { get; init; }

    /// <summary>The value (canonical JSON) of a field that has no cell, and of a record that a client leaves without it; null: none, the field is left out.</summary>
    public ReadOnlyMemory<byte>? Default { get; init; }

    /// <summary>The store's schema demands the field: a row without its cell is treated like one whose cell cannot be read.</summary>
    public bool Required { get; init; }

    /// <summary>What to do with a cell that cannot be read.</summary>
    public BadCell OnBadCell { get; init; }
}
