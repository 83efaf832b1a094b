using Azure;
using Azure.Data.Tables;

namespace MyriadSync.ChangeLog;

/// <summary>Epochs on Azure Tables: one conditional write of the head. Segments that are not on the cluster yet stay where they are.</summary>
internal sealed class TableEpochs(TableServiceClient service) : IEpochs
{
    private readonly TableClient _log = service.GetTableClient(StorageNames.ChangeLogTable);

    public async Task<HeadRow?> RenewAsync(string dataset, HeadRow head, string epoch, CancellationToken cancellationToken)
    {
        var renewed = head with { Epoch = epoch, OldestSeq = head.Seq };
        try
        {
            var reply = await StorageErrors.GuardAsync(
                () => _log.UpdateEntityAsync(LogRows.Write(dataset, renewed), new ETag(head.ETag), TableUpdateMode.Replace, cancellationToken), cancellationToken);
            return renewed with { ETag = reply.Headers.ETag!.Value.ToString() };
        }
        catch (RequestFailedException e) when (e.Status is 404 or 412)
        {
            return null;
        }
    }
}
