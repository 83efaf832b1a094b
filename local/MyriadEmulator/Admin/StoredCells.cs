using System.Text;
using MyriadSync.MyriadEmulator.Store;

namespace MyriadSync.MyriadEmulator.Admin;

/// <summary>Reads what is stored, for tests. Takes part in no fault and no gate.</summary>
public sealed class StoredCells
{
    private const int PartRows = 512;

    private readonly CellStore _store;

    internal StoredCells(CellStore store) => _store = store;

    /// <summary>The tables, in byte order.</summary>
    public IReadOnlyList<string> Tables => _store.WithCatalog(catalog => catalog.Tables.Keys.ToList());

    /// <summary>Every row of a table that holds anything, in byte order; none if there is no such table.</summary>
    /// <param name="table">The table, with its namespace.</param>
    public IReadOnlyList<StoredRow> Rows(string table)
    {
        var rows = new List<StoredRow>();
        if (_store.FindTable(table) is not { } schema)
            return rows;
        byte[] from = [];
        var more = true;
        while (more)
        {
            more = _store.ReadFrom(schema, from, PartRows, (key, packed) =>
            {
                rows.Add(Read(key, packed));
                from = [.. key, 0];
                return true;
            });
        }
        return rows;
    }

    /// <summary>One row, or null.</summary>
    /// <param name="table">The table, with its namespace.</param>
    /// <param name="key">The row key.</param>
    public StoredRow? Row(string table, string key) => Row(table, Encoding.UTF8.GetBytes(key));

    /// <summary>One row, or null.</summary>
    /// <param name="table">The table, with its namespace.</param>
    /// <param name="key">The row key's bytes; what is returned has it as text.</param>
    public StoredRow? Row(string table, ReadOnlySpan<byte> key)
    {
        StoredRow? row = null;
        if (_store.FindTable(table) is { } schema)
        {
            _store.Read(schema, key, (found, packed) =>
            {
                row = Read(found, packed);
                return true;
            });
        }
        return row;
    }

    private static StoredRow Read(ReadOnlySpan<byte> key, ReadOnlySpan<byte> packed)
    {
        var cells = new List<StoredCell>();
        var reader = new PackedRowReader(packed);
        var (familyMarker, columnMarker, column) = (("", long.MinValue), long.MinValue, "");
        while (reader.Next())
        {
            var family = Encoding.UTF8.GetString(reader.Family);
            if (familyMarker.Item1 != family)
                familyMarker = (family, long.MinValue);
            var name = reader.Kind == EntryKind.FamilyMarker ? family : $"{family}:{Encoding.UTF8.GetString(reader.Qualifier)}";
            if (column != name)
                (column, columnMarker) = (name, long.MinValue);
            if (reader.Kind == EntryKind.FamilyMarker)
                familyMarker = (family, reader.Timestamp);
            else if (reader.Kind == EntryKind.ColumnMarker)
                columnMarker = reader.Timestamp;
            cells.Add(new StoredCell
            {
                Kind = (StoredCellKind)(EntryKind.Put - reader.Kind),
                Column = name,
                Timestamp = reader.Timestamp,
                Value = reader.Value.ToArray(),
                IsHidden = reader.Kind == EntryKind.Put && reader.Timestamp <= Math.Max(familyMarker.Item2, columnMarker),
            });
        }
        return new StoredRow(Encoding.UTF8.GetString(key), cells);
    }
}
