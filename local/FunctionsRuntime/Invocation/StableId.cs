using System.Security.Cryptography;
using System.Text;

namespace MyriadSync.FunctionsRuntime.Invocation;

/// <summary>Ids that are the same at each start.</summary>
internal static class StableId
{
    private const int Bytes = 8;

    /// <summary>The id of a text.</summary>
    public static string Of(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, Bytes));
}
