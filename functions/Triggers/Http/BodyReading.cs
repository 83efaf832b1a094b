namespace MyriadSync.Triggers.Http;

/// <summary>A body, or what is wrong with it. Dispose of it when the bytes are no longer needed.</summary>
public sealed class BodyReading : IDisposable
{
    private readonly PooledBytes? _bytes;

    internal BodyReading(PooledBytes bytes) => _bytes = bytes;

    internal BodyReading(Problem problem) => Problem = problem;

    /// <summary>What is wrong; null: <see cref="Bytes"/> is there.</summary>
    public Problem? Problem { get; }

    /// <summary>The body, inflated, valid UTF-8. Empty when there is a <see cref="Problem"/>.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes?.Memory ?? ReadOnlyMemory<byte>.Empty;

    /// <inheritdoc/>
    public void Dispose() => _bytes?.Dispose();
}
