using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using MyriadSync.Contracts.Stores;

namespace MyriadSync.Myriad.Records;

/// <summary>
/// <c>m:hash</c> (DESIGN 7): the first 16 bytes of SHA-256 over every column that holds content of the record, in byte order, each as length (4 bytes, big-endian) and column,
/// length and value. A row whose columns hash to something else was written by somebody else.
/// </summary>
internal static class RowHash
{
    private const int HexDigits = 32;

    /// <summary>The hash of a record without content.</summary>
    public static string Empty { get; } = Of(Array.Empty<FieldCell>());

    /// <summary>Lower-case hex, of a row as read.</summary>
    /// <param name="columns">Full column names and cell values, in ordinal order of the names.</param>
    public static string Of(IReadOnlyList<KeyValuePair<string, ReadOnlyMemory<byte>>> columns)
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (column, value) in columns)
        {
            Append(sha, column, value.Span);
        }

        return Finish(sha);
    }

    /// <summary>Lower-case hex, of a row as written.</summary>
    /// <param name="cells">In ordinal order of the columns.</param>
    public static string Of(IReadOnlyList<FieldCell> cells)
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var cell in cells)
        {
            Append(sha, cell.Column, cell.Value.Span);
        }

        return Finish(sha);
    }

    private static string Finish(IncrementalHash sha) => Convert.ToHexStringLower(sha.GetHashAndReset())[..HexDigits];

    private static void Append(IncrementalHash sha, string column, ReadOnlySpan<byte> value)
    {
        Append(sha, Encoding.UTF8.GetBytes(column));
        Append(sha, value);
    }

    private static void Append(IncrementalHash sha, ReadOnlySpan<byte> bytes)
    {
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
        sha.AppendData(length);
        sha.AppendData(bytes);
    }
}
