namespace MyriadSync.UnitTests.Triggers.Http;

/// <summary>A body that says how much of it was read, in small pieces, and can be endless.</summary>
internal sealed class CountingStream(byte[] bytes, bool endless = false) : Stream
{
    private const int Piece = 1000;

    public long BytesRead { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var at = endless ? 0 : (int)Math.Min(BytesRead, bytes.Length);
        var count = Math.Min(Math.Min(buffer.Length, Piece), bytes.Length - at);
        bytes.AsMemory(at, count).CopyTo(buffer);
        BytesRead += count;
        return ValueTask.FromResult(count);
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new InvalidOperationException("A body is read asynchronously.");

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
