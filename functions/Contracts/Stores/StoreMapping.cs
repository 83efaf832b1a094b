namespace MyriadSync.Contracts.Stores;

/// <summary>
/// How a store's records lie on the cluster. Only the edge to the cluster knows it: log entries, clocks, <c>changed</c> and <c>removed</c> are in terms of the
/// client's fields, whose names stand there as qualifiers (<see cref="Keys.Qualifiers"/>).
/// </summary>
public sealed record StoreMapping
{
    /// <summary>Every field a JSON cell: stores without a file.</summary>
    public static StoreMapping Plain { get; } = new();

    /// <summary>Top-level field to its place. No two share a column.</summary>
    public IReadOnlyDictionary<string, FieldMapping> Fields { get; init; } = new Dictionary<string, FieldMapping>();

    /// <summary>Full column names and the bytes that every row of the store has there; clients never see them.</summary>
    public IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Constants { get; init; } = new Dictionary<string, ReadOnlyMemory<byte>>();

    /// <summary>Fields that <see cref="Fields"/> does not name.</summary>
    public OtherFields Others { get; init; }

    /// <summary>
    /// Name of the <c>IChangeTransformer</c> that stands between the client's record and <see cref="Fields"/>, which then name the fields that it makes;
    /// null: none. With one, <see cref="Others"/> is no <see cref="OtherFields.Json"/>: every column must be known beforehand.
    /// </summary>
    public string? Transformer { get; init; }

    /// <summary>
    /// Fields that have no column, because the row keys of a table that was there before us hold them: each with its index in an array key, or -1 for the one
    /// that is the key. Only rows that are read have them put back in, so that they decide nothing of how rows lie.
    /// </summary>
    public IReadOnlyDictionary<string, int> KeyFields { get; init; } = new Dictionary<string, int>();
}
