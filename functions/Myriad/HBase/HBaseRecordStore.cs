using Microsoft.Extensions.Logging;

namespace MyriadSync.Myriad.HBase;

/// <summary>
/// The record store over HBase REST gateways. Checks what callers pass, shares the work out to the classes beside it, and turns answers of
/// gateways into answers of the port. One instance serves the whole process.
/// </summary>
internal sealed class HBaseRecordStore : IRecordStore, IDisposable
{
    private readonly OtherTables _others;
    private readonly HBaseGateway _gateway;
    private readonly TableKeeper _tables;
    private readonly RowReader _reader;
    private readonly RowScanner _scanner;
    private readonly RowWriter _writer;
    private readonly RowStamper _stamper;

    /// <param name="handler">Carries the requests; pools connections and stays the caller's.</param>
    /// <param name="options">Checked options.</param>
    /// <param name="time">The clock that time-outs and back-off run by.</param>
    /// <param name="logger">Where events 3000-3099 go.</param>
    /// <param name="families">Column families that every table of datasets has beside its own two; null: none.</param>
    /// <param name="others">Tables that others made, and those beside them; null: none.</param>
    public HBaseRecordStore(
        HttpMessageHandler handler,
        HBaseOptions options,
        TimeProvider time,
        ILogger<HBaseRecordStore> logger,
        IReadOnlyCollection<string>? families = null,
        OtherTables? others = null)
    {
        _others = others ?? OtherTables.None;
        _gateway = new(handler, options, time, logger);
        _tables = new(_gateway, families ?? [], _others, logger);
        _scanner = new(_gateway, _tables, _others);
        _reader = new(_gateway, _tables, _scanner, options, logger);
        _writer = new(_gateway, _tables, _others, options, logger);
        _stamper = new(_writer, _reader, _others, time);
    }

    public void Dispose() => _gateway.Dispose();

    public async Task<ReadAnswer> ReadAsync(string table, IReadOnlyCollection<string> rowKeys, IReadOnlySet<string> expected, CancellationToken cancellationToken)
    {
        foreach (var key in rowKeys)
            RowKeys.Demand(key, _others.HasAnyKeys(table));
        return await _reader.ReadAsync(table, rowKeys, expected, column: null, cancellationToken);
    }

    public async Task<ScanAnswer> ScanAsync(string table, string startInclusive, string endExclusive, int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        return await _scanner.ScanAsync(table, startInclusive, endExclusive, limit, cancellationToken);
    }

    public async Task<ScanAnswer> ScanChangedAsync(string table, string startInclusive, long sinceMs, int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sinceMs);
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        return await _scanner.ScanChangedAsync(table, startInclusive, sinceMs, limit, cancellationToken);
    }

    public async Task<WriteAnswer> WriteAsync(string table, IReadOnlyList<RowPut> puts, IReadOnlyList<RowDelete> deletes, CancellationToken cancellationToken)
    {
        foreach (var put in puts)
        {
            RowKeys.Demand(put.Key, _others.HasAnyKeys(table));
            ArgumentOutOfRangeException.ThrowIfZero(put.Cells.Count, nameof(puts));
            foreach (var cell in put.Cells)
                ArgumentOutOfRangeException.ThrowIfNegative(cell.Timestamp, nameof(puts));
        }

        foreach (var delete in deletes)
        {
            RowKeys.Demand(delete.Key, _others.HasAnyKeys(table));
            ArgumentOutOfRangeException.ThrowIfNegative(delete.Timestamp, nameof(deletes));
            // A delete without a column would take the whole row, with what synchronisation notes about it.
            ArgumentOutOfRangeException.ThrowIfZero(delete.Columns.Count, nameof(deletes));
        }

        return await _writer.WriteAsync(table, puts, deletes, cancellationToken);
    }

    public async Task<StampAnswer> StampAsync(string table, IReadOnlyCollection<string> rowKeys, CancellationToken cancellationToken)
    {
        foreach (var key in rowKeys)
            RowKeys.Demand(key, _others.HasAnyKeys(table));
        return await _stamper.StampAsync(table, rowKeys, cancellationToken);
    }

    public Task<StoreAnswer> EnsureTableAsync(string table, CancellationToken cancellationToken) => _tables.EnsureAsync(table, cancellationToken);

    public async Task<StoreHealth> CheckAsync(CancellationToken cancellationToken)
    {
        // Not /version: that answers with the whole cluster down behind the gateway.
        var reply = await _gateway.SendAsync(new() { Method = HttpMethod.Get, Path = "/status/cluster", Operation = "status" }, ClusterStatus.Read, cancellationToken);
        var health = new StoreHealth { Endpoints = _gateway.Pool.Count, EndpointsLeftOut = _gateway.Pool.LeftOut };
        if (reply.Kind != ReplyKind.Ok)
            return health with { Fault = reply.Fault == StoreFault.None ? StoreFault.Misconfigured : reply.Fault, Reason = reply.Reason };

        var (live, dead) = reply.Value!;
        health = health with { LiveNodes = live, DeadNodes = dead };
        return live > 0 ? health : health with { Fault = StoreFault.Unavailable, Reason = "no region server is alive" };
    }
}
