using System.Buffers.Binary;

namespace MyriadSync.MyriadEmulator.Store;

/// <summary>
/// Reads the entries of a stored row, without copying them. A row is one value in SQLite: its entries one after another, ordered by
/// family (its marker first), qualifier (its marker first), newest timestamp first.
/// </summary>
/// <param name="packed">The stored row; must outlive the reader.</param>
internal ref struct PackedRowReader(ReadOnlySpan<byte> packed)
{
    private ReadOnlySpan<byte> _rest = packed;

    public ReadOnlySpan<byte> Family { get; private set; }

    public ReadOnlySpan<byte> Qualifier { get; private set; }

    public ReadOnlySpan<byte> Value { get; private set; }

    /// <summary>Milliseconds, as HBase keeps them.</summary>
    public long Timestamp { get; private set; }

    public EntryKind Kind { get; private set; }

    public bool Next()
    {
        if (_rest.IsEmpty)
            return false;
        var rest = _rest;
        Kind = (EntryKind)rest[0];
        Timestamp = BinaryPrimitives.ReadInt64LittleEndian(rest[1..]);
        var familyLength = rest[9];
        var qualifierLength = BinaryPrimitives.ReadUInt16LittleEndian(rest[10..]);
        var valueLength = BinaryPrimitives.ReadInt32LittleEndian(rest[12..]);
        rest = rest[PackedRowBuilder.HeaderLength..];
        Family = rest[..familyLength];
        Qualifier = rest.Slice(familyLength, qualifierLength);
        Value = rest.Slice(familyLength + qualifierLength, valueLength);
        _rest = rest[(familyLength + qualifierLength + valueLength)..];
        return true;
    }
}
