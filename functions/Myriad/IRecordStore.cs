namespace MyriadSync.Myriad;

/// <summary>
/// The record store of the cluster. Everything that can be expected to happen (the cluster is down, a row is refused) is a value of the
/// answer; exceptions are cancellation and defects of ours, such as a row key outside the alphabet.
/// </summary>
public interface IRecordStore
{
    /// <summary>Reads whole rows, newest versions only.</summary>
    /// <param name="table">Table with its namespace, as in <c>myriadsync:records</c>.</param>
    /// <param name="rowKeys">Row keys, in any number; repeated ones are read once.</param>
    /// <param name="expected">Those of them that the caller has reason to believe exist: their absence is confirmed by a second, different read.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    Task<ReadAnswer> ReadAsync(string table, IReadOnlyCollection<string> rowKeys, IReadOnlySet<string> expected, CancellationToken cancellationToken);

    /// <summary>Reads a page of whole rows, newest versions only, in byte order of their keys.</summary>
    /// <param name="table">Table with its namespace.</param>
    /// <param name="startInclusive">First key of the range.</param>
    /// <param name="endExclusive">First key behind the range; empty for the end of the table.</param>
    /// <param name="limit">Rows at most, &gt;= 1.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    Task<ScanAnswer> ScanAsync(string table, string startInclusive, string endExclusive, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Reads a page of rows that have cells of a time or later, in byte order of their keys: of each row those cells alone, in up to
    /// <see cref="StoreColumns.Versions"/> versions a column, the newest first. Deletions leave no trace here.
    /// </summary>
    /// <param name="table">Table with its namespace.</param>
    /// <param name="startInclusive">First key of the range; empty for the start of the table.</param>
    /// <param name="sinceMs">Oldest timestamp of interest, ms. There is no newest one: a writer's clock may be ahead.</param>
    /// <param name="limit">Rows at most, &gt;= 1.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    Task<ScanAnswer> ScanChangedAsync(string table, string startInclusive, long sinceMs, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Writes and deletes cells with the timestamps given, in no particular order. Safe to repeat. One call must not both put and delete
    /// the same cell at the same timestamp: the delete would win.
    /// </summary>
    /// <param name="table">Table with its namespace.</param>
    /// <param name="puts">Rows to write; a key may occur more than once.</param>
    /// <param name="deletes">Columns and families to remove.</param>
    /// <param name="cancellationToken">Gives up waiting; what was sent may still be carried out.</param>
    Task<WriteAnswer> WriteAsync(string table, IReadOnlyList<RowPut> puts, IReadOnlyList<RowDelete> deletes, CancellationToken cancellationToken);

    /// <summary>
    /// Puts a probe cell (<see cref="StoreColumns.Probe"/>) without a timestamp into each row and returns the timestamp that it got from
    /// the region server. In <see cref="StoreColumns.ClockRow"/> that is the cluster's clock; in a row that looks empty it lies above every
    /// delete marker that a job may have left there.
    /// </summary>
    /// <param name="table">Table with its namespace.</param>
    /// <param name="rowKeys">Row keys.</param>
    /// <param name="cancellationToken">Gives up waiting; the probe cells may still be written.</param>
    Task<StampAnswer> StampAsync(string table, IReadOnlyCollection<string> rowKeys, CancellationToken cancellationToken);

    /// <summary>Creates the namespace, the table and its families if they are missing. What exists is left as it is.</summary>
    /// <param name="table">Table with its namespace.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    Task<StoreAnswer> EnsureTableAsync(string table, CancellationToken cancellationToken);

    /// <summary>Asks the cluster, not just the gateway, whether it can serve.</summary>
    /// <param name="cancellationToken">Gives up waiting.</param>
    Task<StoreHealth> CheckAsync(CancellationToken cancellationToken);
}
