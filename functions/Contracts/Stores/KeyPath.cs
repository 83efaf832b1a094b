namespace MyriadSync.Contracts.Stores;

/// <summary>IndexedDB's key path: where a record's key stands in its value.</summary>
/// <param name="Paths">Names of fields, with dots between those of nested objects; one, or each element of a compound key.</param>
/// <param name="IsCompound">The key is an array, with an element for each path.</param>
public sealed record KeyPath(IReadOnlyList<string> Paths, bool IsCompound);
