using Azure;
using Azure.Data.Tables;
using MyriadSync.Contracts;
using MyriadSync.Contracts.Stores;

namespace MyriadSync.ChangeLog;

/// <summary>The registry in a partition of its own of table <see cref="StorageNames.DatasetsTable"/>: one row a store, replaced against its ETag only.</summary>
internal sealed class TableMappingRegistry(TableServiceClient service) : IMappingRegistry
{
    private const string Partition = "mappings";
    private const string Current = "Mapping";
    private const string Next = "Next";
    private const string RemapId = "RemapId";

    private readonly TableClient _table = service.GetTableClient(StorageNames.DatasetsTable);
    private bool _created;

    public async Task<IReadOnlyList<StoredMapping>> ReadAllAsync(CancellationToken cancellationToken)
    {
        await EnsureCreatedAsync(cancellationToken);
        var rows = new List<StoredMapping>();
        await using var entities = _table.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {Partition}"), cancellationToken: cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (await StorageErrors.GuardAsync(() => entities.MoveNextAsync().AsTask(), cancellationToken))
        {
            rows.Add(Read(entities.Current));
        }

        return rows;
    }

    public async Task<StoredMapping> ClaimAsync(string store, MappingSet mapping, CancellationToken cancellationToken)
    {
        await EnsureCreatedAsync(cancellationToken);
        while (true)
        {
            var found = await StorageErrors.GuardAsync(() => _table.GetEntityIfExistsAsync<TableEntity>(Partition, store, cancellationToken: cancellationToken), cancellationToken);
            if (found.HasValue)
            {
                return Read(found.Value!);
            }

            try
            {
                var row = new StoredMapping { Store = store, Mapping = mapping };
                var reply = await StorageErrors.GuardAsync(() => _table.AddEntityAsync(Write(row), cancellationToken), cancellationToken);
                return row with { ETag = reply.Headers.ETag!.Value.ToString() };
            }
            catch (RequestFailedException e) when (e.Status == 409)
            {
                // Somebody else was first: theirs counts, and is read in the next round.
            }
        }
    }

    public async Task<StoredMapping?> ReplaceAsync(StoredMapping row, CancellationToken cancellationToken)
    {
        await EnsureCreatedAsync(cancellationToken);
        try
        {
            var reply = await StorageErrors.GuardAsync(
                () => _table.UpdateEntityAsync(Write(row), new ETag(row.ETag!), TableUpdateMode.Replace, cancellationToken), cancellationToken);
            return row with { ETag = reply.Headers.ETag!.Value.ToString() };
        }
        catch (RequestFailedException e) when (e.Status is 404 or 412)
        {
            return null;
        }
    }

    private static TableEntity Write(StoredMapping row)
    {
        var entity = new TableEntity(Partition, row.Store)
        {
            [LogFormat.FormatProperty] = LogFormat.Version,
            ["Hash"] = row.Hash,
            [Current] = PayloadCodec.Compress(row.Mapping.Document.Span),
            [RemapId] = row.RemapId,
        };
        if (row.Next is { } next)
        {
            entity[Next] = PayloadCodec.Compress(next.Document.Span);
        }

        return entity;
    }

    private static StoredMapping Read(TableEntity entity)
    {
        var format = entity.GetInt32(LogFormat.FormatProperty) ?? 0;
        return format > LogFormat.Version
            ? throw new NewerFormatException($"The mapping of store {entity.RowKey}", format, LogFormat.Version)
            : new StoredMapping
            {
                Store = entity.RowKey,
                Mapping = MappingSet.Read(PayloadCodec.Decompress(entity.GetBinary(Current))),
                Next = entity.GetBinary(Next) is { } next ? MappingSet.Read(PayloadCodec.Decompress(next)) : null,
                RemapId = entity.GetString(RemapId) ?? "",
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
