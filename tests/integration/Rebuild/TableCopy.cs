using Azure.Data.Tables;
using MyriadSync.ChangeLog;

namespace MyriadSync.IntegrationTests.Rebuild;

/// <summary>A copy of the tables of a storage account, row by row, as backups are made.</summary>
internal sealed class TableCopy
{
    private static readonly string[] Names = [StorageNames.ChangeLogTable, StorageNames.DatasetsTable, StorageNames.PoisonTable, StorageNames.ConflictTable];

    private readonly Dictionary<string, List<TableEntity>> _rows = [];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Of a storage account that has nothing.</summary>
    public static TableCopy Empty { get; } = new();

    /// <summary>Takes a copy.</summary>
    public static async Task<TableCopy> TakeAsync(TableServiceClient tables)
    {
        var copy = new TableCopy();
        foreach (var name in Names)
            copy._rows[name] = await RowsAsync(tables, name);
        return copy;
    }

    /// <summary>Puts the copy in the place of what is there.</summary>
    public async Task RestoreAsync(TableServiceClient tables)
    {
        foreach (var name in Names)
        {
            var table = tables.GetTableClient(name);
            foreach (var row in await RowsAsync(tables, name))
                await table.DeleteEntityAsync(row.PartitionKey, row.RowKey, cancellationToken: Cancel);
            foreach (var row in _rows.GetValueOrDefault(name) ?? [])
                await table.AddEntityAsync(row, Cancel);
        }
    }

    private static async Task<List<TableEntity>> RowsAsync(TableServiceClient tables, string name)
    {
        await tables.CreateTableIfNotExistsAsync(name, Cancel);
        return await tables.GetTableClient(name).QueryAsync<TableEntity>(cancellationToken: Cancel).ToListAsync(Cancel);
    }
}
