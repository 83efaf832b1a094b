using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace MyriadSync.Myriad.Records;

/// <summary>
/// <c>m:hash</c> (DESIGN 7): the first 16 bytes of SHA-256 over every data column in byte order, each as length (4 bytes, big-endian) and column,
/// length and value. A row whose columns hash to something else was written by somebody else.
/// </summary>
internal static class RowHash
{
    private const int HexDigits = 32;

    /// <summary>Lower-case hex.</summary>
    /// <param name="columns">Full column names and cell values, in ordinal order of the names.</param>
    public static string Of(IEnumerable<(string Column, ReadOnlyMemory<byte> Value)> columns)
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (column, value) in columns)
        {
            Append(sha, Encoding.ASCII.GetBytes(column));
            Append(sha, value.Span);
        }

        return Convert.ToHexStringLower(sha.GetHashAndReset())[..HexDigits];
    }

    private static void Append(IncrementalHash sha, ReadOnlySpan<byte> bytes)
    {
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
        sha.AppendData(length);
        sha.AppendData(bytes);
    }
}
