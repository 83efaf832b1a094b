namespace MyriadSync.Pipeline.Resolve.Foreign;

/// <summary>A cell that somebody on the cluster wrote or deleted, in terms of the client's fields.</summary>
/// <param name="Qualifier">Qualifier of the top-level field.</param>
/// <param name="Json">The field's value, canonical; null: the cell was deleted.</param>
/// <param name="Timestamp">The cell's (ms).</param>
internal sealed record ForeignCell(string Qualifier, ReadOnlyMemory<byte>? Json, long Timestamp);
