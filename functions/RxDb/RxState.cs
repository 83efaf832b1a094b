using MyriadSync.Contracts.Values;

namespace MyriadSync.RxDb;

/// <summary>A document's state as a client sends it, taken apart.</summary>
/// <param name="Fields">The document without the fields that are RxDB's own; what a deleted one last held, too.</param>
/// <param name="Deleted">Its <c>_deleted</c>.</param>
internal sealed record RxState(RecordValue Fields, bool Deleted)
{
    /// <summary>The record's value; null: deleted. What a deleted document last held is nobody's business.</summary>
    public RecordValue? Value => Deleted ? null : Fields;
}
