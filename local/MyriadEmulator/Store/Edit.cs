namespace MyriadSync.MyriadEmulator.Store;

/// <summary>One cell to put or one marker to set. Its bytes lie in the <see cref="MutationBatch"/>.</summary>
internal struct Edit
{
    public EntryKind Kind;
    public Slice Family;
    public Slice Qualifier;
    public Slice Value;

    /// <summary>Milliseconds; <see cref="long.MaxValue"/> asks for the server's time.</summary>
    public long Timestamp;

    /// <summary>Place in the request: of two puts with the same column and timestamp the later one counts.</summary>
    public int Order;
}
