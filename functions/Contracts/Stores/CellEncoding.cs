namespace MyriadSync.Contracts.Stores;

/// <summary>How a field's value lies in its cell.</summary>
public enum CellEncoding
{
    /// <summary>Canonical JSON, any value: what fields have that no mapping names.</summary>
    Json,

    /// <summary>A string as UTF-8 text. A string with a lone surrogate is outside its domain.</summary>
    Utf8,

    /// <summary>An integer as 8 bytes, big-endian, two's complement (HBase's <c>Bytes.toBytes(long)</c>): a number without fraction up to 2^53 - 1, or a bigint up to 64 bits.</summary>
    Int64,

    /// <summary>A number as 8 bytes, IEEE 754, big-endian (HBase's <c>Bytes.toBytes(double)</c>).</summary>
    Double,

    /// <summary>One byte, 0xFF for true and 0x00 for false (HBase's <c>Bytes.toBytes(boolean)</c>).</summary>
    Boolean,

    /// <summary>A binary value as it is.</summary>
    Bytes,
}
