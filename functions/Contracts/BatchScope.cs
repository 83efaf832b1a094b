using System.Security.Cryptography;
using System.Text;

namespace MyriadSync.Contracts;

/// <summary>Names a batch: its dataset, who sent it, and the ids in it.</summary>
/// <param name="Dataset">The dataset.</param>
/// <param name="ClientId">The client.</param>
/// <param name="BatchId">The client's name for the batch.</param>
public sealed record BatchScope(string Dataset, string ClientId, string BatchId)
{
    /// <summary>
    /// The orchestration's instance id: a hash, because the names' alphabets and lengths are not Durable's. None of the three can hold a <c>|</c>.
    /// </summary>
    public string InstanceId => "batch-" + Hash($"{Dataset}|{ClientId}|{BatchId}");

    /// <summary>The id of a change that is parked: the same in every try, so that nothing is parked twice.</summary>
    public static string PoisonId(string dataset, string clientId, long seq) => Hash(FormattableString.Invariant($"change|{dataset}|{clientId}|{seq}"));

    /// <summary>The id of a conflict that a person is to decide, by the first of the changes that it is about: the same in every try.</summary>
    public static string ConflictId(string dataset, string clientId, long seq) => Hash(FormattableString.Invariant($"conflict|{dataset}|{clientId}|{seq}"));

    /// <summary>The id under which a record that the cluster refuses is parked.</summary>
    public static string HeldId(string dataset, RecordId record, long rev) =>
        Hash(FormattableString.Invariant($"held|{dataset}|{record.Store}|{record.Key.Encoded}|{rev}"));

    /// <summary>The id under which a row that a job left unreadable is parked.</summary>
    public static string RowId(string dataset, RecordId record, long timestamp) =>
        Hash(FormattableString.Invariant($"row|{dataset}|{record.Store}|{record.Key.Encoded}|{timestamp}"));

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..40];
}
