using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Microsoft.Data.Sqlite;
using MyriadSync.ChangeLog;

namespace MyriadSync.ReliabilityTests.History;

/// <summary>What a load must not leave behind.</summary>
public static class Leftovers
{
    /// <summary>Orchestrations that run still.</summary>
    public static IReadOnlyList<string> Running(string stateFile) => Orchestrations(stateFile, "status IN (0, 6)");

    /// <summary>Orchestrations that came to no good end.</summary>
    public static IReadOnlyList<string> Failed(string stateFile) => Orchestrations(stateFile, "status NOT IN (0, 1, 6)");

    /// <summary>Poison and claim checks. A message of <c>sync-apply</c> may well be left: it only makes somebody look.</summary>
    public static async Task<IReadOnlyList<string>> StorageAsync(string storage, CancellationToken cancellationToken)
    {
        var left = new List<string>();
        var queues = new QueueServiceClient(storage);
        await foreach (var queue in queues.GetQueuesAsync(cancellationToken: cancellationToken))
        {
            if (!queue.Name.EndsWith("poison", StringComparison.Ordinal))
                continue;
            var messages = await queues.GetQueueClient(queue.Name).PeekMessagesAsync(32, cancellationToken);
            left.AddRange(messages.Value.Select(message => $"Queue {queue.Name} has {message.MessageText}."));
        }

        var tables = new TableServiceClient(storage);
        await foreach (var table in tables.QueryAsync(table => table.Name == StorageNames.PoisonTable, cancellationToken: cancellationToken))
        {
            await foreach (var item in tables.GetTableClient(table.Name).QueryAsync<TableEntity>(cancellationToken: cancellationToken))
                left.Add($"Table {table.Name} has {item.RowKey}: {item["Reason"]} {item["Detail"]}.");
        }

        var payloads = new BlobContainerClient(storage, StorageNames.PayloadContainer);
        if (await payloads.ExistsAsync(cancellationToken))
        {
            await foreach (var blob in payloads.GetBlobsAsync(cancellationToken: cancellationToken))
                left.Add($"Container {payloads.Name} has {blob.Name}.");
        }

        return left;
    }

    private static List<string> Orchestrations(string stateFile, string condition)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = stateFile, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT id, status, custom_status, failure FROM instances WHERE {condition}";
        using var rows = command.ExecuteReader();
        var left = new List<string>();
        while (rows.Read())
            left.Add($"Orchestration {rows[0]} has status {rows[1]} {rows[2]} {rows[3]}.");
        return left;
    }
}
