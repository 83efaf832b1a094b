namespace MyriadSync.Contracts.Stores;

/// <summary>A cell of a record.</summary>
/// <param name="Qualifier">The client's field that it holds, as in <see cref="LogEntry.Changed"/>.</param>
/// <param name="Column">Family and qualifier on the cluster.</param>
/// <param name="Value">Its bytes.</param>
internal readonly record struct FieldCell(string Qualifier, string Column, ReadOnlyMemory<byte> Value);
