using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;

namespace MyriadSync.ChangeLog;

/// <summary>Many rows of one partition at a time. Removing what is gone is no fault, so whatever broke off is simply done again.</summary>
internal sealed class PartitionRows(TableClient table)
{
    /// <summary>Rows page by page.</summary>
    /// <param name="filter">Which.</param>
    /// <param name="select">The columns wanted; null: all.</param>
    /// <param name="rows">Rows of a page, at most.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async IAsyncEnumerable<IReadOnlyList<TableEntity>> PagesAsync(
        string filter, IEnumerable<string>? select, int rows, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var pages = table.QueryAsync<TableEntity>(filter, select: select, cancellationToken: cancellationToken)
            .AsPages(pageSizeHint: rows)
            .GetAsyncEnumerator(cancellationToken);
        while (await StorageErrors.GuardAsync(() => pages.MoveNextAsync().AsTask(), cancellationToken))
        {
            yield return pages.Current.Values;
        }
    }

    /// <summary>Removes rows.</summary>
    public async Task DropAsync(string partition, IReadOnlyList<string> rowKeys, CancellationToken cancellationToken)
    {
        foreach (var chunk in rowKeys.Chunk(LogFormat.MaxTransactionRows))
        {
            try
            {
                var actions = chunk.Select(key => new TableTransactionAction(TableTransactionActionType.Delete, new TableEntity(partition, key), ETag.All)).ToList();
                await StorageErrors.GuardAsync(() => table.SubmitTransactionAsync(actions, cancellationToken), cancellationToken);
            }
            catch (TableTransactionFailedException e) when (e.Status == 404)
            {
                // Another run was there before: one row that is gone fails the whole transaction.
                await DropSinglyAsync(partition, chunk, cancellationToken);
            }
        }
    }

    private async Task DropSinglyAsync(string partition, string[] rowKeys, CancellationToken cancellationToken)
    {
        foreach (var key in rowKeys)
        {
            await StorageErrors.GuardAsync(() => table.DeleteEntityAsync(partition, key, ETag.All, cancellationToken), cancellationToken);
        }
    }
}
