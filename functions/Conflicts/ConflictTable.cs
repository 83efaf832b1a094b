using Azure;
using Azure.Data.Tables;
using MyriadSync.ChangeLog;
using MyriadSync.Contracts;
using MyriadSync.Payloads;

namespace MyriadSync.Conflicts;

/// <summary>Table <c>conflicts</c>: partition = dataset, row = conflict id; both sides lie in blobs.</summary>
internal sealed class ConflictTable(TableServiceClient service, IPayloadStore payloads, TimeProvider time)
{
    private readonly TableClient _table = service.GetTableClient(StorageNames.ConflictTable);
    private Task? _created;

    /// <summary>Records a parked conflict, once: one that is there already is left as it is, whatever was decided since.</summary>
    public async Task RecordAsync(ConflictEntry entry, ReadOnlyMemory<byte> item, CancellationToken cancellationToken)
    {
        // The blob first: whoever finds the row finds its sides.
        await payloads.PutAsync(entry.Payload, item, cancellationToken);
        await TryStoreAsync(entry, cancellationToken);
    }

    /// <summary>A conflict; null: there is none of this id.</summary>
    public async Task<ConflictEntry?> FindAsync(string dataset, string conflictId, CancellationToken cancellationToken)
    {
        await EnsureCreatedAsync(cancellationToken);
        var found = await StorageErrors.GuardAsync(
            () => _table.GetEntityIfExistsAsync<TableEntity>(dataset, conflictId, cancellationToken: cancellationToken), cancellationToken);
        return found.HasValue ? ConflictRows.Read(found.Value!) : null;
    }

    /// <summary>A page of conflicts, in the order of their ids.</summary>
    public async Task<ConflictPage> ListAsync(string dataset, ConflictFilter filter, string? after, int limit, CancellationToken cancellationToken)
    {
        await EnsureCreatedAsync(cancellationToken);
        var entries = new List<ConflictEntry>();
        var query = _table.QueryAsync<TableEntity>(ConflictRows.Filter(dataset, filter, after), cancellationToken: cancellationToken);
        await using var rows = query.GetAsyncEnumerator(cancellationToken);
        while (await StorageErrors.GuardAsync(() => rows.MoveNextAsync().AsTask(), cancellationToken))
        {
            if (entries.Count == limit)
            {
                return new ConflictPage(entries, entries[^1].ConflictId);
            }

            entries.Add(ConflictRows.Read(rows.Current));
        }

        return new ConflictPage(entries, null);
    }

    /// <summary>Settles the open conflicts of a client about records that it changed with success, or that were decided as a whole, after them.</summary>
    /// <param name="dataset">The dataset.</param>
    /// <param name="clientId">The client.</param>
    /// <param name="seqs">By record: its changes before this seq are overtaken.</param>
    /// <param name="by">Who did it: the client's user, or a resolver.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task SupersedeAsync(string dataset, string clientId, IReadOnlyDictionary<RecordId, long> seqs, string by, CancellationToken cancellationToken)
    {
        var open = await ListAsync(dataset, new ConflictFilter { State = ConflictState.Open, ClientId = clientId }, null, int.MaxValue, cancellationToken);
        foreach (var entry in open.Entries.Where(entry => seqs.TryGetValue(entry.Record, out var seq) && entry.LastSeq < seq))
        {
            // Settled meanwhile by somebody else: then it is settled.
            await TryStoreAsync(entry with { State = ConflictState.Superseded, By = by, SettledAt = time.GetUtcNow() }, cancellationToken);
        }
    }

    /// <summary>
    /// Gives up the open conflicts that were parked before a time, drops the sides of all that were, and forgets those that were settled before it. For the timer
    /// of retention.
    /// </summary>
    public async Task ExpireAsync(string dataset, DateTimeOffset before, CancellationToken cancellationToken)
    {
        var entries = await ListAsync(dataset, new ConflictFilter(), null, int.MaxValue, cancellationToken);
        foreach (var entry in entries.Entries.Where(entry => entry.ParkedAt < before))
        {
            if (entry.State != ConflictState.Open
                || await TryStoreAsync(entry with { State = ConflictState.Expired, By = RecordState.Myriad, SettledAt = time.GetUtcNow() }, cancellationToken))
            {
                // The row after its sides: as long as it is there, the next run finds them.
                await payloads.DeleteAsync(entry.Payload, cancellationToken);
            }

            if (entry.SettledAt < before)
            {
                await ForgetAsync(entry, cancellationToken);
            }
        }
    }

    /// <summary>Stores an entry over the one that it was made of; false: that one moved meanwhile, or is there already.</summary>
    public async Task<bool> TryStoreAsync(ConflictEntry entry, CancellationToken cancellationToken)
    {
        await EnsureCreatedAsync(cancellationToken);
        var row = ConflictRows.Write(entry);
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

    private async Task ForgetAsync(ConflictEntry entry, CancellationToken cancellationToken)
    {
        try
        {
            await StorageErrors.GuardAsync(() => _table.DeleteEntityAsync(entry.Dataset, entry.ConflictId, new ETag(entry.ETag!), cancellationToken), cancellationToken);
        }
        catch (RequestFailedException e) when (e.Status is 404 or 412)
        {
            // Another run was first.
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
