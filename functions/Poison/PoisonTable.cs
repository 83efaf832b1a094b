using Azure;
using Azure.Data.Tables;
using MyriadSync.ChangeLog;
using MyriadSync.Payloads;

namespace MyriadSync.Poison;

/// <summary>Table <c>poison</c>: partition = dataset, row = poison id. What operators list, redrive and discard.</summary>
internal sealed class PoisonTable(TableServiceClient service, IPayloadStore payloads, TimeProvider time)
{
    private readonly TableClient _table = service.GetTableClient(StorageNames.PoisonTable);
    private Task? _created;

    /// <summary>Takes an item in. Safe to repeat: it has a deterministic id, and <see cref="PoisonRules"/> tell a repeat from news.</summary>
    public async Task RecordAsync(PoisonItem item, CancellationToken cancellationToken)
    {
        while (true)
        {
            var entry = await FindAsync(item.Dataset, item.PoisonId, cancellationToken);
            if (PoisonRules.Take(entry, item, time.GetUtcNow()) is not { } next || await TryStoreAsync(next, cancellationToken))
            {
                return;
            }
        }
    }

    /// <summary>An entry; null: there is none of this id.</summary>
    public async Task<PoisonEntry?> FindAsync(string dataset, string poisonId, CancellationToken cancellationToken)
    {
        await EnsureCreatedAsync(cancellationToken);
        var found = await StorageErrors.GuardAsync(
            () => _table.GetEntityIfExistsAsync<TableEntity>(dataset, poisonId, cancellationToken: cancellationToken), cancellationToken);
        return found.HasValue ? PoisonRows.Read(found.Value!) : null;
    }

    /// <summary>A page of entries, in the order of their ids.</summary>
    public async Task<PoisonPage> ListAsync(string dataset, PoisonFilter filter, string? after, int limit, CancellationToken cancellationToken)
    {
        await EnsureCreatedAsync(cancellationToken);
        var entries = new List<PoisonEntry>();
        var query = _table.QueryAsync<TableEntity>(PoisonRows.Filter(dataset, filter, after), cancellationToken: cancellationToken);
        await using var rows = query.GetAsyncEnumerator(cancellationToken);
        while (await StorageErrors.GuardAsync(() => rows.MoveNextAsync().AsTask(), cancellationToken))
        {
            if (entries.Count == limit)
            {
                return new PoisonPage(entries, entries[^1].Item.PoisonId);
            }

            entries.Add(PoisonRows.Read(rows.Current));
        }

        return new PoisonPage(entries, null);
    }

    /// <summary>All entries that pass the filter: a client's parked changes are redriven in its order, which is not that of the ids.</summary>
    public async Task<IReadOnlyList<PoisonEntry>> ReadAllAsync(string dataset, PoisonFilter filter, CancellationToken cancellationToken) =>
        (await ListAsync(dataset, filter, null, int.MaxValue, cancellationToken)).Entries;

    /// <summary>Stores an entry over the one that it was made of; false: that one moved meanwhile, so read it again.</summary>
    public async Task<bool> TryStoreAsync(PoisonEntry entry, CancellationToken cancellationToken)
    {
        await EnsureCreatedAsync(cancellationToken);
        var row = PoisonRows.Write(entry);
        try
        {
            await StorageErrors.GuardAsync(
                () => entry.ETag is null ? _table.AddEntityAsync(row, cancellationToken) : _table.UpdateEntityAsync(row, new ETag(entry.ETag), TableUpdateMode.Replace, cancellationToken),
                cancellationToken);
            return true;
        }
        catch (RequestFailedException e) when (e.Status is 404 or 409 or 412)
        {
            return false;
        }
    }

    /// <summary>
    /// Drops entries that were closed before a time, with their items. For the timer of retention. Discarded rows and held records stay: they are on the cluster
    /// still, and would only be found anew.
    /// </summary>
    public async Task ForgetAsync(string dataset, DateTimeOffset before, CancellationToken cancellationToken)
    {
        var entries = await ReadAllAsync(dataset, new PoisonFilter(), cancellationToken);
        foreach (var entry in entries.Where(entry => entry.SettledAt < before && (entry.State == PoisonState.Redriven || (entry.State == PoisonState.Discarded && entry.Item.Kind is PoisonKinds.Change or PoisonKinds.Message))))
        {
            // The row last: as long as it is there, the next run finds the item.
            await payloads.DeleteAsync(entry.Item.Payload, cancellationToken);
            try
            {
                await StorageErrors.GuardAsync(() => _table.DeleteEntityAsync(dataset, entry.Item.PoisonId, new ETag(entry.ETag!), cancellationToken), cancellationToken);
            }
            catch (RequestFailedException e) when (e.Status is 404 or 412)
            {
                // Gone, or opened anew meanwhile: that one brought its own item.
                continue;
            }
        }
    }

    /// <summary>Once a process; infra/ creates the table as well. A failed try is not remembered.</summary>
    private async Task EnsureCreatedAsync(CancellationToken cancellationToken)
    {
        if (_created is { IsCompletedSuccessfully: true })
        {
            return;
        }

        _created = StorageErrors.GuardAsync(() => _table.CreateIfNotExistsAsync(cancellationToken), cancellationToken);
        await _created;
    }
}
