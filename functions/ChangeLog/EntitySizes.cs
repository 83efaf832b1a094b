using Azure.Data.Tables;

namespace MyriadSync.ChangeLog;

/// <summary>Azure's size rules for entities and transactions, checked before Azure would refuse: Azurite accepts more than Azure does.</summary>
internal static class EntitySizes
{
    private const int MaxEntityBytes = 1024 * 1024;
    private const int MaxKeyBytes = 1024;
    private const int PerActionOverhead = 700;

    /// <summary>True when Azure takes these actions as one transaction.</summary>
    public static bool Fit(IReadOnlyList<TableTransactionAction> actions)
    {
        if (actions.Count > LogFormat.MaxTransactionRows)
        {
            return false;
        }

        long sent = 0;
        foreach (var action in actions)
        {
            var entity = (TableEntity)action.Entity;
            if (entity.PartitionKey.Length * 2 > MaxKeyBytes || entity.RowKey.Length * 2 > MaxKeyBytes || Stored(entity) > MaxEntityBytes)
            {
                return false;
            }

            sent += Sent(entity) + PerActionOverhead;
        }

        return sent <= LogFormat.MaxTransactionBytes;
    }

    /// <summary>As Azure counts an entity: names and strings in UTF-16, 8 bytes a property, plus the values.</summary>
    public static long Stored(TableEntity entity) => 4 + ((entity.PartitionKey.Length + entity.RowKey.Length) * 2)
        + entity.Sum(property => 8L + (property.Key.Length * 2) + ValueBytes(property.Value));

    private static long ValueBytes(object? value) => value switch
    {
        string text => (text.Length * 2) + 4,
        byte[] bytes => bytes.Length + 4,
        _ => 8,
    };

    private static long Sent(TableEntity entity) => entity.Sum(property => property.Key.Length + 40L + property.Value switch
    {
        string text => text.Length * 3,
        byte[] bytes => ((bytes.Length + 2) / 3 * 4) + 32,
        _ => 32,
    });
}
