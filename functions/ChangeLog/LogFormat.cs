using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MyriadSync.Contracts;

namespace MyriadSync.ChangeLog;

/// <summary>Names and limits of the rows (DESIGN 4). Every row carries <see cref="FormatProperty"/>; one above <see cref="Version"/> is refused.</summary>
internal static class LogFormat
{
    public const int Version = 1;
    public const string FormatProperty = "F";

    public const string Head = "head";
    public const string Applied = "applied";

    /// <summary>Azure allows 64 KiB a binary property.</summary>
    public const int ChunkBytes = 64 * 1024;

    /// <summary>Azure allows 1 MiB an entity, names and the other properties included; Azurite does not check.</summary>
    public const int MaxPayloadBytes = 14 * ChunkBytes;

    /// <summary>Azure allows 4 MiB a transaction, counted as sent: binary travels as base64.</summary>
    public const int MaxTransactionBytes = 4 * 1024 * 1024 - 128 * 1024;

    /// <summary>Azure allows 100 rows a transaction.</summary>
    public const int MaxTransactionRows = 100;

    /// <summary>Azure allows 1 KiB a key, in UTF-16.</summary>
    private const int MaxReadableHeldKey = 400;

    public static string SegmentKey(long lastSeq) => "seg|" + Digits(lastSeq);

    public static string ClientKey(string clientId) => "client|" + clientId;

    public static string OutcomesKey(string clientId, long firstSeq) => $"out|{clientId}|{Digits(firstSeq)}";

    public static string DoneKey(string id) => "done|" + id;

    public static string MapKey(string hash) => "map|" + hash;

    /// <summary>A key too long for a row key is named by its hash, which no encoded key looks like: those never begin with <c>~</c>.</summary>
    public static string HeldKey(RecordId record)
    {
        var key = $"held|{record.Store}|{record.Key.Encoded}";
        return key.Length <= MaxReadableHeldKey
            ? key
            : $"held|{record.Store}|~{Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(record.Key.Encoded)))}";
    }

    private static string Digits(long seq) => seq.ToString("D19", CultureInfo.InvariantCulture);
}
