using MyriadSync.Contracts;
using MyriadSync.Contracts.Tables;

namespace MyriadSync.Myriad.Existing;

/// <summary>Whether the tables that stores say are there are there, with their families. All other stores go on without them.</summary>
internal sealed class ExistingTablesProbe(IRecordStore store, RecordPlaces places) : IHealthProbe
{
    public string Name => "tables";

    public bool Essential => false;

    public async Task<ProbeResult> CheckAsync(CancellationToken cancellationToken)
    {
        foreach (var table in places.Tables.Values.SelectMany(table => new[] { table.Name, table.SyncTable }).OfType<string>())
        {
            // That the cluster does not answer is the other probe's matter.
            if ((await store.EnsureTableAsync(table, cancellationToken)).Fault == StoreFault.Misconfigured)
            {
                return new ProbeResult(false, "table-unfit");
            }
        }

        return ProbeResult.Fine;
    }
}
