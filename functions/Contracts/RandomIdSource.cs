using System.Security.Cryptography;

namespace MyriadSync.Contracts;

/// <summary>Ids from the system's random source.</summary>
internal sealed class RandomIdSource : IIdSource
{
    private const int Bytes = 16;

    public string NewId() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Bytes));
}
