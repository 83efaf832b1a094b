using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace MyriadSync.FunctionsRuntime.Durable.Execution;

/// <summary>GUIDs that are the same on each replay and differ between instances, executions and calls.</summary>
internal static class DeterministicGuid
{
    /// <summary>The GUID numbered <paramref name="number"/> of an execution.</summary>
    public static Guid Create(string instanceId, long execution, int number)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        var id = Encoding.UTF8.GetByteCount(instanceId);
        var source = new byte[id + sizeof(long) + sizeof(int)];
        Encoding.UTF8.GetBytes(instanceId, source);
        BinaryPrimitives.WriteInt64BigEndian(source.AsSpan(id), execution);
        BinaryPrimitives.WriteInt32BigEndian(source.AsSpan(id + sizeof(long)), number);
        SHA256.HashData(source, hash);

        // RFC 9562 version 8: a GUID made by a rule of one's own.
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new(hash[..16], bigEndian: true);
    }
}
