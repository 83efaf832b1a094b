namespace MyriadSync.Payloads;

/// <summary>Claim checks: what is too large for a message or a row. Names are chosen by the caller and deterministic, so that writing twice is safe.</summary>
internal interface IPayloadStore
{
    /// <summary>Stores, or replaces by the same.</summary>
    Task PutAsync(string name, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken);

    /// <summary>The payload; null: it is not there (any more).</summary>
    Task<ReadOnlyMemory<byte>?> GetAsync(string name, CancellationToken cancellationToken);

    /// <summary>Removes it; nothing happens when it is gone.</summary>
    Task DeleteAsync(string name, CancellationToken cancellationToken);

    /// <summary>Payloads whose names begin so, and that were last stored before a time.</summary>
    IAsyncEnumerable<StoredPayload> ListAsync(string prefix, DateTimeOffset before, CancellationToken cancellationToken);

    /// <summary>Removes it, unless it was stored again since it was found. False: it was, or it is gone.</summary>
    Task<bool> DeleteUnchangedAsync(StoredPayload payload, CancellationToken cancellationToken);
}
