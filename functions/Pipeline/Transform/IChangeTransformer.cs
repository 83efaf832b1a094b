using MyriadSync.Contracts.Values;

namespace MyriadSync.Pipeline.Transform;

/// <summary>
/// What a store's mapping cannot say, in code: two fields of the client that are one column, a unit, a code table. Registered by name
/// (<c>AddChangeTransformer</c>) and named by the store's file. Both methods are pure, and undo each other for every record in its shape:
/// <c>ToClient(ToCluster(ToClient(x)))</c> is <c>ToClient(x)</c>. One that throws parks the change with reason <c>transform-failed</c>, and no other.
/// </summary>
public interface IChangeTransformer
{
    /// <summary>The record as the mapping is to lay it into columns.</summary>
    /// <param name="store">The store.</param>
    /// <param name="value">The client's record.</param>
    RecordValue ToCluster(string store, RecordValue value);

    /// <summary>The record as clients see it.</summary>
    /// <param name="store">The store.</param>
    /// <param name="value">What the mapping read from the columns; a job may have written them.</param>
    RecordValue ToClient(string store, RecordValue value);
}
