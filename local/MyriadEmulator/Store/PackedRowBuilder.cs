using System.Buffers.Binary;

namespace MyriadSync.MyriadEmulator.Store;

/// <summary>
/// Writes the entries of a row in their order, and leaves out what an earlier entry made void: an older marker of the same family or
/// column, a second value with the same column and timestamp, versions beyond what the family may still be asked for.
/// </summary>
internal sealed class PackedRowBuilder
{
    /// <summary>Bytes before the family, the qualifier and the value of an entry: kind, timestamp and their lengths.</summary>
    public const int HeaderLength = 16;

    /// <summary>
    /// HBase keeps surplus versions until the next flush; here a column keeps this many of them, so that a row written ten thousand times stays small.
    /// </summary>
    public const int SurplusVersions = 16;

    private byte[] _buffer = new byte[4096];
    private int _familyStart, _familyLength, _qualifierStart, _qualifierLength, _versions;
    private long _lastTimestamp;
    private EntryKind _lastKind;

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, Length);

    public void Clear() => Length = 0;

    public void Add(EntryKind kind, ReadOnlySpan<byte> family, ReadOnlySpan<byte> qualifier, long timestamp, ReadOnlySpan<byte> value, int maxVersions)
    {
        if (IsVoid(kind, family, qualifier, timestamp, maxVersions))
            return;
        var size = HeaderLength + family.Length + qualifier.Length + value.Length;
        if (_buffer.Length - Length < size)
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, Length + size));
        var to = _buffer.AsSpan(Length, size);
        to[0] = (byte)kind;
        BinaryPrimitives.WriteInt64LittleEndian(to[1..], timestamp);
        to[9] = (byte)family.Length;
        BinaryPrimitives.WriteUInt16LittleEndian(to[10..], (ushort)qualifier.Length);
        BinaryPrimitives.WriteInt32LittleEndian(to[12..], value.Length);
        family.CopyTo(to[HeaderLength..]);
        qualifier.CopyTo(to[(HeaderLength + family.Length)..]);
        value.CopyTo(to[(HeaderLength + family.Length + qualifier.Length)..]);
        (_familyStart, _familyLength) = (Length + HeaderLength, family.Length);
        (_qualifierStart, _qualifierLength) = (Length + HeaderLength + family.Length, qualifier.Length);
        (_lastKind, _lastTimestamp) = (kind, timestamp);
        Length += size;
    }

    private bool IsVoid(EntryKind kind, ReadOnlySpan<byte> family, ReadOnlySpan<byte> qualifier, long timestamp, int maxVersions)
    {
        var sameFamily = Length > 0 && family.SequenceEqual(_buffer.AsSpan(_familyStart, _familyLength));
        if (kind == EntryKind.FamilyMarker)
            return sameFamily && _lastKind == EntryKind.FamilyMarker;

        var sameColumn = sameFamily && _lastKind != EntryKind.FamilyMarker && qualifier.SequenceEqual(_buffer.AsSpan(_qualifierStart, _qualifierLength));
        if (!sameColumn)
            _versions = 0;
        if (kind == EntryKind.ColumnMarker)
            return sameColumn && _lastKind == EntryKind.ColumnMarker;

        if (sameColumn && _lastKind == EntryKind.Put && timestamp == _lastTimestamp)
            return true;
        return ++_versions > Math.Max(1, (long)maxVersions) + SurplusVersions;
    }
}
