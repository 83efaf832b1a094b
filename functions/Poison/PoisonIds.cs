using System.Security.Cryptography;
using System.Text;

namespace MyriadSync.Poison;

/// <summary>Ids of entries that no log row names: they follow from the item, so that nothing is recorded twice.</summary>
internal static class PoisonIds
{
    /// <summary>A message of a queue, by its content: the runtime may leave two copies of it.</summary>
    public static string OfMessage(string queue, ReadOnlySpan<byte> content) => Hash([.. Encoding.UTF8.GetBytes($"message|{queue}|"), .. content]);

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes))[..40];
}
