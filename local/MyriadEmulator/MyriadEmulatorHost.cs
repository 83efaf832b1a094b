using MyriadSync.MyriadEmulator.Admin;
using MyriadSync.MyriadEmulator.Faults;
using MyriadSync.MyriadEmulator.HBase;
using MyriadSync.MyriadEmulator.Hosting;
using MyriadSync.MyriadEmulator.Scheduler;
using MyriadSync.MyriadEmulator.Store;

namespace MyriadSync.MyriadEmulator;

/// <summary>A running emulator. Several can run in one process, each with its own ports and data.</summary>
public sealed class MyriadEmulatorHost : IAsyncDisposable
{
    private readonly CellStore _store;
    private readonly Listener _hbase, _scheduler;

    private MyriadEmulatorHost(CellStore store, FaultBoard faults, Listener hbase, Listener scheduler)
    {
        (_store, _hbase, _scheduler) = (store, hbase, scheduler);
        Faults = faults;
        Cells = new StoredCells(store);
    }

    /// <summary>The HBase REST gateway, for example <c>http://127.0.0.1:8080</c>.</summary>
    public Uri HBaseAddress => _hbase.Address;

    /// <summary>The scheduler's REST API.</summary>
    public Uri SchedulerAddress => _scheduler.Address;

    /// <summary>Makes it misbehave, and holds requests.</summary>
    public FaultBoard Faults { get; }

    /// <summary>What is stored, as no reader of HBase sees it: every version and every marker.</summary>
    public StoredCells Cells { get; }

    /// <summary>Starts an emulator.</summary>
    /// <param name="options">Ports and data file.</param>
    /// <param name="cancellationToken">Gives up starting.</param>
    /// <exception cref="IOException">A port is in use.</exception>
    /// <exception cref="Microsoft.Data.Sqlite.SqliteException">The data file is in use by another emulator, or is none.</exception>
    public static async Task<MyriadEmulatorHost> StartAsync(MyriadEmulatorOptions options, CancellationToken cancellationToken = default)
    {
        var store = new CellStore(options.DataFile, options.Clock);
        Listener? hbase = null;
        try
        {
            var faults = new FaultBoard();
            faults.Changed += set => store.ClockSkewMs = set.ClockSkewMs;
            var gateway = new GatewayEndpoint(new HBaseGateway(store, faults), faults, options.Clock);
            var admin = new AdminEndpoint(faults, store);
            hbase = await Listener.StartAsync(options.HBasePort, admin.Before(gateway.InvokeAsync), cancellationToken);
            var scheduler = new SchedulerEndpoint(
                new SchedulerApi(options.Scheduler, new TaskBoard(options.Scheduler, options.Clock), options.SchedulerPort), faults, options.Clock);
            return new MyriadEmulatorHost(store, faults, hbase, await Listener.StartAsync(options.SchedulerPort, admin.Before(scheduler.InvokeAsync), cancellationToken));
        }
        catch
        {
            if (hbase is not null)
                await hbase.DisposeAsync();
            store.Dispose();
            throw;
        }
    }

    /// <summary>Plays a flush of a table: hidden values and surplus versions are gone, delete markers stay.</summary>
    /// <param name="table">The table, with its namespace.</param>
    public void Flush(string table) => Maintenance.Flush(_store, Table(table));

    /// <summary>Plays a major compaction: delete markers go as well, but those that <c>hbase.hstore.time.to.purge.deletes</c> keeps.</summary>
    /// <param name="table">The table, with its namespace.</param>
    public void MajorCompact(string table) => Maintenance.MajorCompact(_store, Table(table));

    /// <summary>Stops serving and closes the data file.</summary>
    public async ValueTask DisposeAsync()
    {
        Faults.Reset();
        await _hbase.DisposeAsync();
        await _scheduler.DisposeAsync();
        _store.Dispose();
    }

    private TableSchema Table(string name) => _store.FindTable(name) ?? throw new ArgumentException($"There is no table {name}.", nameof(name));
}
