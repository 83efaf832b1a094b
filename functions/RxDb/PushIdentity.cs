using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace MyriadSync.RxDb;

/// <summary>
/// Names a push by what is in it. RxDB counts nothing and sends the very same rows until it is answered, so a push is a client of its own whose whole history
/// is one batch: the same rows on the same revisions are the same client, and get the outcomes that they got. A user who makes the same edit
/// again makes it on another revision.
/// </summary>
internal static class PushIdentity
{
    /// <summary>Every push's batch: its client sends no other.</summary>
    public const string BatchId = "push";

    private const string Prefix = "rx-";
    private const int ReplicationDigits = 8;
    private const int RowsDigits = 40;

    /// <summary>The client id: the same for the pushes of one replication up to the second dash.</summary>
    /// <param name="push">The push.</param>
    /// <param name="plans">What its rows come to; the revisions are theirs.</param>
    /// <param name="attempt">Counts names that turned out to be taken by something else.</param>
    public static string ClientId(RxPush push, IReadOnlyList<RowPlan> plans, int attempt)
    {
        var replication = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{push.Store.Name}|{push.Sub}|{push.Replication}")));
        using var rows = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(rows, Encoding.UTF8.GetBytes(replication));
        Add(rows, push.SchemaVersion);
        Add(rows, attempt);
        foreach (var plan in plans)
        {
            Add(rows, Encoding.ASCII.GetBytes(plan.Row.Key.Encoded));
            Add(rows, plan.Base ?? 0);
            Add(rows, plan.Row.Assumed);
            Add(rows, plan.Row.New);
        }

        return $"{Prefix}{replication[..ReplicationDigits]}-{Convert.ToHexStringLower(rows.GetHashAndReset())[..RowsDigits]}";
    }

    private static void Add(IncrementalHash hash, RxState? state)
    {
        Add(hash, state is null ? 0 : state.Deleted ? 1 : 2);
        Add(hash, state is null ? [] : state.Fields.Json.Span);
    }

    private static void Add(IncrementalHash hash, ReadOnlySpan<byte> bytes)
    {
        Add(hash, bytes.Length);
        hash.AppendData(bytes);
    }

    private static void Add(IncrementalHash hash, long number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, number);
        hash.AppendData(bytes);
    }
}
