using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using MyriadSync.Contracts.Keys;

namespace MyriadSync.Contracts.Tables;

/// <summary>
/// The key is a whole number, and the row key its 8 bytes, big-endian. <c>int64</c> is <c>Bytes.toBytes(long)</c>, whose rows of negative numbers lie behind
/// all others; <c>int64-ordered</c> turns the sign bit, so that rows lie in the order of the numbers.
/// </summary>
/// <param name="ordered">The sign bit is turned.</param>
internal sealed class Int64RowKeys(bool ordered) : IRowKeyCodec
{
    private const ulong SignBit = 1UL << 63;

    public bool NamesDataset => false;

    public string Prefix(string dataset) => "";

    public bool TryEncode(string dataset, RecordKey key, [NotNullWhen(true)] out string? rowKey, [NotNullWhen(false)] out Refusal? refusal)
    {
        (rowKey, refusal) = (null, null);
        var number = 0L;
        if (KeyElements.Of(key, out var isArray) is not [var element] || isArray || !KeyElements.TryInteger(element, out number))
        {
            refusal = new(RefusalReasons.KeyNotStorable, "", "The store's table has whole numbers as row keys: one within 2^53 - 1 is needed.");
            return false;
        }

        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, ordered ? (ulong)number ^ SignBit : (ulong)number);
        rowKey = ByteText.Of(bytes);
        return true;
    }

    public bool TryDecode(string rowKey, out string? dataset, out RecordKey key)
    {
        (dataset, key) = (null, default);
        if (rowKey.Length != sizeof(ulong))
        {
            return false;
        }

        var bits = BinaryPrimitives.ReadUInt64BigEndian(ByteText.Bytes(rowKey));
        var number = (long)(ordered ? bits ^ SignBit : bits);
        return number is >= -KeyElements.MaxInteger and <= KeyElements.MaxInteger && KeyElements.TryMake([number], asArray: false, out key);
    }
}
