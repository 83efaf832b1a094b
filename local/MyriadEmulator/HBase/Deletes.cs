using System.Text;
using MyriadSync.MyriadEmulator.Store;

namespace MyriadSync.MyriadEmulator.HBase;

/// <summary>Turns what a DELETE names into markers: of every family if it names only the row, of a family, or of columns.</summary>
internal static class Deletes
{
    public static void Add(MutationBatch batch, TableSchema table, RowSpec spec)
    {
        // Without a timestamp a marker gets the server's time.
        var timestamp = spec.HasTimestamp ? spec.To : long.MaxValue;
        batch.BeginRow(batch.Copy(spec.Row));
        if (spec.Columns.Count == 0)
        {
            foreach (var family in table.Families)
                batch.Add(EntryKind.FamilyMarker, batch.Copy(family.NameUtf8), default, timestamp, default);
        }
        foreach (var (family, qualifier) in spec.Columns)
        {
            var name = batch.Copy(Encoding.UTF8.GetBytes(family));
            if (qualifier is null)
                batch.Add(EntryKind.FamilyMarker, name, default, timestamp, default);
            else
                batch.Add(EntryKind.ColumnMarker, name, batch.Copy(qualifier), timestamp, default);
        }
    }
}
