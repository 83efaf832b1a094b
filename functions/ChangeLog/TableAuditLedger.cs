using System.Security.Cryptography;
using System.Text;
using Azure;
using Azure.Data.Tables;
using MyriadSync.Contracts;

namespace MyriadSync.ChangeLog;

/// <summary>
/// Audits in partitions of their own of table <see cref="StorageNames.DatasetsTable"/>: a row a table for the marks, a row a dataset for how far its log was
/// compared, a row a page. Places of a table may be longer than a row key of storage: pages go by their digests.
/// </summary>
internal sealed class TableAuditLedger(TableServiceClient service) : IAuditLedger
{
    private const string Marks = "audits";
    private const string Seq = "Seq";

    private readonly TableClient _table = service.GetTableClient(StorageNames.DatasetsTable);
    private bool _created;

    public async Task<AuditMark> ReadAsync(string table, CancellationToken cancellationToken) =>
        await FindAsync(Marks, table, cancellationToken) is { } entity ? ReadMark(entity) : new AuditMark { Table = table };

    public async Task<AuditMark?> MoveAsync(AuditMark mark, CancellationToken cancellationToken)
    {
        await EnsureCreatedAsync(cancellationToken);
        var entity = Write(mark);
        try
        {
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

    public async Task<long> ReadSeqAsync(string table, string dataset, CancellationToken cancellationToken) =>
        (await FindAsync(Logs(table), dataset, cancellationToken))?.GetInt64(Seq) ?? 0;

    public Task WriteSeqAsync(string table, string dataset, long seq, CancellationToken cancellationToken) =>
        UpsertAsync(new TableEntity(Logs(table), dataset) { [LogFormat.FormatProperty] = LogFormat.Version, [Seq] = seq }, cancellationToken);

    public async Task<AuditPage?> ReadPageAsync(string table, string start, CancellationToken cancellationToken) =>
        await FindAsync(Pages(table), KeyOf(start), cancellationToken) is { } entity ? ReadPage(entity) : null;

    public Task WritePageAsync(string table, AuditPage page, CancellationToken cancellationToken) => UpsertAsync(
        new TableEntity(Pages(table), KeyOf(page.Start))
        {
            [LogFormat.FormatProperty] = LogFormat.Version,
            [nameof(AuditPage.Start)] = Bytes(page.Start),
            [nameof(AuditPage.End)] = Bytes(page.End),
            [nameof(AuditPage.Count)] = page.Count,
            [nameof(AuditPage.First)] = Bytes(page.First),
            [nameof(AuditPage.Last)] = Bytes(page.Last),
            [nameof(AuditPage.Digest)] = page.Digest,
            [nameof(AuditPage.Keys)] = page.Keys,
        },
        cancellationToken);

    public async Task DropPageAsync(string table, string start, CancellationToken cancellationToken)
    {
        await EnsureCreatedAsync(cancellationToken);
        await StorageErrors.GuardAsync(() => _table.DeleteEntityAsync(Pages(table), KeyOf(start), ETag.All, cancellationToken), cancellationToken);
    }

    private static TableEntity Write(AuditMark mark)
    {
        var entity = new TableEntity(Marks, mark.Table)
        {
            [LogFormat.FormatProperty] = LogFormat.Version,
            [nameof(AuditMark.Phase)] = (int)mark.Phase,
            [nameof(AuditMark.Dataset)] = mark.Dataset,
            [nameof(AuditMark.Position)] = Bytes(mark.Position),
            [nameof(AuditMark.Rows)] = mark.Rows,
            [nameof(AuditMark.LastRows)] = mark.LastRows,
            [nameof(AuditMark.Changed)] = mark.Changed,
            [nameof(AuditMark.Gone)] = mark.Gone,
            [nameof(AuditMark.Deferred)] = mark.Deferred,
        };
        if (mark.BegunAt is { } begun)
        {
            entity[nameof(AuditMark.BegunAt)] = begun;
        }

        if (mark.EndedAt is { } ended)
        {
            entity[nameof(AuditMark.EndedAt)] = ended;
        }

        return entity;
    }

    private static AuditMark ReadMark(TableEntity entity) => new()
    {
        Table = Checked(entity).RowKey,
        Phase = (AuditPhase)entity.GetInt32(nameof(AuditMark.Phase))!.Value,
        BegunAt = entity.GetDateTimeOffset(nameof(AuditMark.BegunAt)),
        EndedAt = entity.GetDateTimeOffset(nameof(AuditMark.EndedAt)),
        Dataset = entity.GetString(nameof(AuditMark.Dataset)),
        Position = Text(entity, nameof(AuditMark.Position)),
        Rows = entity.GetInt64(nameof(AuditMark.Rows))!.Value,
        LastRows = entity.GetInt64(nameof(AuditMark.LastRows))!.Value,
        Changed = entity.GetInt64(nameof(AuditMark.Changed))!.Value,
        Gone = entity.GetInt64(nameof(AuditMark.Gone))!.Value,
        Deferred = entity.GetInt64(nameof(AuditMark.Deferred))!.Value,
        ETag = entity.ETag.ToString(),
    };

    private static AuditPage ReadPage(TableEntity entity) => new()
    {
        Start = Text(Checked(entity), nameof(AuditPage.Start)),
        End = Text(entity, nameof(AuditPage.End)),
        Count = entity.GetInt32(nameof(AuditPage.Count))!.Value,
        First = Text(entity, nameof(AuditPage.First)),
        Last = Text(entity, nameof(AuditPage.Last)),
        Digest = entity.GetString(nameof(AuditPage.Digest)),
        Keys = entity.GetString(nameof(AuditPage.Keys)),
    };

    private static TableEntity Checked(TableEntity entity) => entity.GetInt32(LogFormat.FormatProperty) is { } format && format > LogFormat.Version
        ? throw new NewerFormatException($"A note of the audit, {entity.PartitionKey} {entity.RowKey},", format, LogFormat.Version)
        : entity;

    private static string Logs(string table) => "audit-logs|" + table;

    private static string Pages(string table) => "audit-pages|" + table;

    private static string KeyOf(string start) => Convert.ToHexStringLower(SHA256.HashData(Bytes(start)));

    // As bytes, because a place may hold any of them.
    private static byte[] Bytes(string place) => Encoding.UTF8.GetBytes(place);

    private static string Text(TableEntity entity, string property) => Encoding.UTF8.GetString(entity.GetBinary(property) ?? []);

    private async Task<TableEntity?> FindAsync(string partition, string row, CancellationToken cancellationToken)
    {
        await EnsureCreatedAsync(cancellationToken);
        var found = await StorageErrors.GuardAsync(() => _table.GetEntityIfExistsAsync<TableEntity>(partition, row, cancellationToken: cancellationToken), cancellationToken);
        return found.HasValue ? found.Value : null;
    }

    private async Task UpsertAsync(TableEntity entity, CancellationToken cancellationToken)
    {
        await EnsureCreatedAsync(cancellationToken);
        await StorageErrors.GuardAsync(() => _table.UpsertEntityAsync(entity, TableUpdateMode.Replace, cancellationToken), cancellationToken);
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
