using MyriadSync.Myriad;

namespace MyriadSync.IntegrationTests.Support;

/// <summary>
/// The app's record store with gates. The argument of a held call is the row keys of a read or a stamp, the first row of a scan, the
/// <see cref="RowPut"/>s of a write, or else the table.
/// </summary>
internal sealed class GatedRecordStore(IRecordStore inner, GatedCalls calls) : IRecordStore
{
    public Task<ReadAnswer> ReadAsync(string table, IReadOnlyCollection<string> rowKeys, IReadOnlySet<string> expected, CancellationToken cancellationToken) =>
        calls.RunAsync(nameof(ReadAsync), rowKeys, () => inner.ReadAsync(table, rowKeys, expected, cancellationToken), cancellationToken);

    public Task<ScanAnswer> ScanAsync(string table, string startInclusive, string endExclusive, int limit, CancellationToken cancellationToken) =>
        calls.RunAsync(nameof(ScanAsync), startInclusive, () => inner.ScanAsync(table, startInclusive, endExclusive, limit, cancellationToken), cancellationToken);

    public Task<ScanAnswer> ScanChangedAsync(string table, string startInclusive, long sinceMs, int limit, CancellationToken cancellationToken) =>
        calls.RunAsync(nameof(ScanChangedAsync), startInclusive, () => inner.ScanChangedAsync(table, startInclusive, sinceMs, limit, cancellationToken), cancellationToken);

    public Task<WriteAnswer> WriteAsync(string table, IReadOnlyList<RowPut> puts, IReadOnlyList<RowDelete> deletes, CancellationToken cancellationToken) =>
        calls.RunAsync(nameof(WriteAsync), puts, () => inner.WriteAsync(table, puts, deletes, cancellationToken), cancellationToken);

    public Task<StampAnswer> StampAsync(string table, IReadOnlyCollection<string> rowKeys, CancellationToken cancellationToken) =>
        calls.RunAsync(nameof(StampAsync), rowKeys, () => inner.StampAsync(table, rowKeys, cancellationToken), cancellationToken);

    public Task<StoreAnswer> EnsureTableAsync(string table, CancellationToken cancellationToken) =>
        calls.RunAsync(nameof(EnsureTableAsync), table, () => inner.EnsureTableAsync(table, cancellationToken), cancellationToken);

    public Task<StoreHealth> CheckAsync(CancellationToken cancellationToken) => inner.CheckAsync(cancellationToken);
}
