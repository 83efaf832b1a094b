using Azure;
using Azure.Data.Tables;
using MyriadSync.ChangeLog;

namespace MyriadSync.Poison;

/// <summary>How many items wait for an operator.</summary>
internal sealed class PoisonDepth(TableServiceClient service)
{
    /// <summary>One page of a query, and all that an alert needs to know.</summary>
    private const int Enough = 1000;

    private readonly TableClient _table = service.GetTableClient(StorageNames.PoisonTable);

    /// <summary>The number of open items; counting ends at 1,000.</summary>
    public Task<int> CountAsync(CancellationToken cancellationToken) => StorageErrors.GuardAsync(
        async () =>
        {
            var open = 0;
            try
            {
                await foreach (var page in _table.QueryAsync<TableEntity>("State eq 'open'", Enough, ["RowKey"], cancellationToken).AsPages())
                {
                    open += page.Values.Count;
                    if (open >= Enough)
                    {
                        break;
                    }
                }
            }
            catch (RequestFailedException e) when (e.Status == 404)
            {
                // No table: nothing was ever parked.
            }

            return Math.Min(open, Enough);
        },
        cancellationToken);
}
