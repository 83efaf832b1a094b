using System.Buffers;

namespace MyriadSync.Triggers.Http;

/// <summary>Bytes in an array of the shared pool, to which <see cref="Dispose"/> gives it back.</summary>
internal sealed class PooledBytes(byte[] array, int length) : IDisposable
{
    private byte[]? _array = array;

    /// <summary>The bytes; not to be touched after <see cref="Dispose"/>.</summary>
    public ReadOnlyMemory<byte> Memory => (_array ?? throw new ObjectDisposedException(nameof(PooledBytes))).AsMemory(0, length);

    /// <summary>The bytes as a stream to read.</summary>
    public Stream AsStream() => new MemoryStream(_array ?? throw new ObjectDisposedException(nameof(PooledBytes)), 0, length, writable: false);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _array, null) is { } array)
            ArrayPool<byte>.Shared.Return(array);
    }
}
