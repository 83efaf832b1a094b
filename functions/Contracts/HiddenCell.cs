namespace MyriadSync.Contracts;

/// <summary>A cell that a job wrote and that lies hidden under a newer one of ours, in terms of the client's fields.</summary>
/// <param name="Qualifier">Qualifier of the top-level field.</param>
/// <param name="Json">The field's value, canonical.</param>
/// <param name="Timestamp">The cell's (ms).</param>
internal readonly record struct HiddenCell(string Qualifier, ReadOnlyMemory<byte> Json, long Timestamp);
