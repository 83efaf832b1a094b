using MyriadSync.Contracts.Keys;
using MyriadSync.Contracts.Stores;
using MyriadSync.Myriad;
using MyriadSync.Myriad.Records;

namespace MyriadSync.Orchestration.Audits;

/// <summary>What whole rows of a table say to an audit. Pure.</summary>
internal sealed class AuditedRows
{
    private readonly List<string> _alive = [];
    private readonly List<string> _differing = [];
    private readonly HashSet<string> _present = new(StringComparer.Ordinal);

    /// <summary>Keys of rows of records that the log knows as alive, in ordinal order.</summary>
    public IReadOnlyList<string> Alive => _alive;

    /// <summary>Keys of rows that are not as sync wrote them.</summary>
    public IReadOnlyList<string> Differing => _differing;

    /// <summary>Sorts rows of a table.</summary>
    public static AuditedRows Of(string table, IReadOnlyList<Row> rows, IRowCodecs codecs, IStoreCatalog stores, ClusterTables tables)
    {
        var audited = new AuditedRows();
        foreach (var row in rows)
        {
            if (RowKeys.TryParse(row.Key, out var dataset, out var store, out _) && stores.Find(store) is not null && tables.TableOf(dataset, store) == table)
            {
                audited.Add(row, codecs.Of(store));
            }
        }

        audited._alive.Sort(StringComparer.Ordinal);
        return audited;
    }

    /// <summary>Whether there is a row of a record, dead or alive. A probe of ours is none.</summary>
    public bool Has(string rowKey) => _present.Contains(rowKey);

    private void Add(Row row, IRowCodec codec)
    {
        var state = RecordRows.Read(row, codec);
        if (state.Foreign)
        {
            _differing.Add(row.Key);
        }

        if (state is { Known: true, Value: not null })
        {
            _alive.Add(row.Key);
        }

        if (state.Known || state.Value is not null)
        {
            _present.Add(row.Key);
        }
    }
}
