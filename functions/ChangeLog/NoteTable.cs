using Azure;
using Azure.Data.Tables;
using MyriadSync.Contracts;

namespace MyriadSync.ChangeLog;

/// <summary>
/// Notes that the app makes for itself about the cluster's tables, in partitions of their own of table <see cref="StorageNames.DatasetsTable"/>, which is made
/// when it is first looked at. May throw <see cref="StorageUnavailableException"/>; asking again is safe.
/// </summary>
/// <param name="service">The storage account.</param>
/// <param name="kind">What a note is, for an operator who reads that it is of a newer version.</param>
internal sealed class NoteTable(TableServiceClient service, string kind)
{
    private readonly TableClient _table = service.GetTableClient(StorageNames.DatasetsTable);
    private bool _created;

    /// <summary>An empty note.</summary>
    public static TableEntity New(string partition, string row) => new(partition, row) { [LogFormat.FormatProperty] = LogFormat.Version };

    /// <summary>Names of datasets as a property. No name has a space in it.</summary>
    public static string Names(IEnumerable<string> names) => string.Join(' ', names);

    /// <summary>The names in such a property.</summary>
    public static string[] Names(TableEntity note, string property) => (note.GetString(property) ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The note; null: there is none.</summary>
    /// <exception cref="NewerFormatException">A newer version of the app has written it.</exception>
    public async Task<TableEntity?> FindAsync(string partition, string row, CancellationToken cancellationToken)
    {
        await EnsureCreatedAsync(cancellationToken);
        var found = await StorageErrors.GuardAsync(() => _table.GetEntityIfExistsAsync<TableEntity>(partition, row, cancellationToken: cancellationToken), cancellationToken);
        return !found.HasValue ? null
            : found.Value!.GetInt32(LogFormat.FormatProperty) is { } format && format > LogFormat.Version
                ? throw new NewerFormatException($"{kind}, {partition} {row},", format, LogFormat.Version)
                : found.Value;
    }

    /// <summary>Writes a note if it is still as it was read.</summary>
    /// <param name="note">The note.</param>
    /// <param name="etag">Its ETag when it was read; null: there was none.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Its ETag now; null: somebody else has written it.</returns>
    public async Task<string?> MoveAsync(TableEntity note, string? etag, CancellationToken cancellationToken)
    {
        await EnsureCreatedAsync(cancellationToken);
        try
        {
            var reply = await StorageErrors.GuardAsync(
                () => etag is null
                    ? _table.AddEntityAsync(note, cancellationToken)
                    : _table.UpdateEntityAsync(note, new ETag(etag), TableUpdateMode.Replace, cancellationToken),
                cancellationToken);
            return reply.Headers.ETag!.Value.ToString();
        }
        catch (RequestFailedException e) when (e.Status is 404 or 409 or 412)
        {
            return null;
        }
    }

    /// <summary>Writes a note, whatever is there.</summary>
    public async Task WriteAsync(TableEntity note, CancellationToken cancellationToken)
    {
        await EnsureCreatedAsync(cancellationToken);
        await StorageErrors.GuardAsync(() => _table.UpsertEntityAsync(note, TableUpdateMode.Replace, cancellationToken), cancellationToken);
    }

    /// <summary>Removes a note; nothing happens when there is none.</summary>
    public async Task DropAsync(string partition, string row, CancellationToken cancellationToken)
    {
        await EnsureCreatedAsync(cancellationToken);
        await StorageErrors.GuardAsync(() => _table.DeleteEntityAsync(partition, row, ETag.All, cancellationToken), cancellationToken);
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
