using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace MyriadSync.Contracts.Wire;

/// <summary>
/// The digests that tell a repeat from a fork. They are compared with digests stored months ago, perhaps by an older version: what goes into them, and in
/// which order, never changes. Every part is preceded by its length, so no two mutations give the same bytes.
/// </summary>
internal sealed class ChangeDigest
{
    private const int Length = 16;
    private const byte Sound = 1;
    private const byte Refused = 2;

    private readonly ArrayBufferWriter<byte> _bytes = new();

    /// <summary>Digest of a sound change, over all but its base, which a client may move when it learns of newer revisions.</summary>
    public byte[] Of(Change change)
    {
        _bytes.ResetWrittenCount();
        Byte(Sound);
        Number(change.Seq);
        Text(change.Store);
        Text(change.Key.Encoded);
        Byte((byte)change.Op);
        Text(change.At.ToString());
        if (change.Value is not null)
            Bytes(change.Value.Json.Span);
        if (change.Patch is not null)
            Patch(change.Patch);
        return Finish();
    }

    /// <summary>Digest of a change that cannot be taken: over its JSON as it came.</summary>
    public byte[] OfRefused(ReadOnlySpan<byte> json)
    {
        _bytes.ResetWrittenCount();
        Byte(Refused);
        Bytes(json);
        return Finish();
    }

    /// <summary><see cref="Batch.BodyHash"/>.</summary>
    public static string OfBatch(int schemaVersion, bool atomic, IReadOnlyList<Change> changes)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> head = stackalloc byte[5];
        BinaryPrimitives.WriteInt32BigEndian(head, schemaVersion);
        head[4] = atomic ? (byte)1 : (byte)0;
        hash.AppendData(head);
        foreach (var change in changes)
            hash.AppendData(change.Digest.Span);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private void Patch(PatchBody patch)
    {
        Values(patch.Set);
        Number(patch.Unset.Count);
        foreach (var pointer in patch.Unset)
            Text(pointer);
        Values(patch.Inc);
        Elements(patch.Add);
        Elements(patch.Remove);
    }

    private void Values(IReadOnlyList<KeyValuePair<string, ReadOnlyMemory<byte>>> values)
    {
        Number(values.Count);
        foreach (var (pointer, value) in values)
        {
            Text(pointer);
            Bytes(value.Span);
        }
    }

    private void Elements(IReadOnlyList<KeyValuePair<string, IReadOnlyList<ReadOnlyMemory<byte>>>> sets)
    {
        Number(sets.Count);
        foreach (var (pointer, elements) in sets)
        {
            Text(pointer);
            Number(elements.Count);
            foreach (var element in elements)
                Bytes(element.Span);
        }
    }

    private void Byte(byte value)
    {
        _bytes.GetSpan(1)[0] = value;
        _bytes.Advance(1);
    }

    private void Number(long value)
    {
        BinaryPrimitives.WriteInt64BigEndian(_bytes.GetSpan(sizeof(long)), value);
        _bytes.Advance(sizeof(long));
    }

    /// <summary>As UTF-16: pointers may hold lone surrogates, which UTF-8 would make all the same.</summary>
    private void Text(string text)
    {
        if (Ascii.IsValid(text))
        {
            Byte(1);
            Number(text.Length);
            _bytes.Advance(Encoding.ASCII.GetBytes(text, _bytes.GetSpan(text.Length)));
            return;
        }

        Byte(2);
        Number(text.Length);
        var target = _bytes.GetSpan(text.Length * sizeof(char));
        for (var i = 0; i < text.Length; i++)
            BinaryPrimitives.WriteUInt16BigEndian(target[(i * sizeof(char))..], text[i]);
        _bytes.Advance(text.Length * sizeof(char));
    }

    private void Bytes(ReadOnlySpan<byte> bytes)
    {
        Number(bytes.Length);
        _bytes.Write(bytes);
    }

    private byte[] Finish()
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(_bytes.WrittenSpan, hash);
        return hash[..Length].ToArray();
    }
}
