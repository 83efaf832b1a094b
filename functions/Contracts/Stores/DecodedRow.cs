using MyriadSync.Contracts.Values;

namespace MyriadSync.Contracts.Stores;

/// <summary>A row in the client's shape.</summary>
/// <param name="Value">The record; a field whose cell is unreadable has its default, or is left out.</param>
/// <param name="Unreadable">What could not be read; empty for every row that sync wrote.</param>
internal sealed record DecodedRow(RecordValue Value, IReadOnlyList<UnreadableCell> Unreadable);
