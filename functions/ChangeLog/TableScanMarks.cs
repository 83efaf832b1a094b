using Azure;
using Azure.Data.Tables;
using MyriadSync.Contracts;

namespace MyriadSync.ChangeLog;

/// <summary>The marks in a partition of their own of table <see cref="StorageNames.DatasetsTable"/>: one row a table of the cluster.</summary>
internal sealed class TableScanMarks(TableServiceClient service) : IScanMarks
{
    private const string Partition = "scans";
    private const string JudgedTo = "JudgedTo";
    private const string Loading = "Loading";

    private readonly TableClient _table = service.GetTableClient(StorageNames.DatasetsTable);
    private bool _created;

    public async Task<ScanMark> ReadAsync(string table, CancellationToken cancellationToken)
    {
        await EnsureCreatedAsync(cancellationToken);
        var found = await StorageErrors.GuardAsync(() => _table.GetEntityIfExistsAsync<TableEntity>(Partition, table, cancellationToken: cancellationToken), cancellationToken);
        return found.HasValue ? Read(found.Value!) : new ScanMark { Table = table };
    }

    public async Task<ScanMark?> MoveAsync(ScanMark mark, CancellationToken cancellationToken)
    {
        await EnsureCreatedAsync(cancellationToken);
        try
        {
            var entity = new TableEntity(Partition, mark.Table)
            {
                [LogFormat.FormatProperty] = LogFormat.Version,
                [JudgedTo] = mark.JudgedTo,
                [Loading] = string.Join(' ', mark.Loading),
            };
            var reply = await StorageErrors.GuardAsync(
                () => mark.ETag is null
                    ? _table.AddEntityAsync(entity, cancellationToken)
                    : _table.UpdateEntityAsync(entity, new ETag(mark.ETag), TableUpdateMode.Replace, cancellationToken),
                cancellationToken);
            return mark with { ETag = reply.Headers.ETag!.Value.ToString() };
        }
        catch (RequestFailedException e) when (e.Status is 404 or 409 or 412)
        {
            return null;
        }
    }

    private static ScanMark Read(TableEntity entity)
    {
        var format = entity.GetInt32(LogFormat.FormatProperty) ?? 0;
        return format > LogFormat.Version
            ? throw new NewerFormatException($"The scan mark of table {entity.RowKey}", format, LogFormat.Version)
            : new ScanMark
            {
                Table = entity.RowKey,
                JudgedTo = entity.GetInt64(JudgedTo) ?? 0,
                Loading = (entity.GetString(Loading) ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries),
                ETag = entity.ETag.ToString(),
            };
    }

    private async Task EnsureCreatedAsync(CancellationToken cancellationToken)
    {
        if (!_created)
        {
            await StorageErrors.GuardAsync(() => _table.CreateIfNotExistsAsync(cancellationToken), cancellationToken);
            _created = true;
        }
    }
}
