namespace MyriadSync.Myriad;

/// <summary>Removes every version of some columns, up to and including a timestamp. A put with the same timestamp is masked, also one that arrives later.</summary>
/// <param name="Key">The row key, only of <c>A-Z a-z 0-9 - . _ ~</c>.</param>
/// <param name="Columns">At least one column (<c>d:title</c>) or whole family (<c>d</c>).</param>
/// <param name="Timestamp">Milliseconds since 1970.</param>
public sealed record RowDelete(string Key, IReadOnlyList<string> Columns, long Timestamp);
