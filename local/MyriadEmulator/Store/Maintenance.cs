namespace MyriadSync.MyriadEmulator.Store;

/// <summary>What HBase does to its files behind the scenes, done when asked for.</summary>
internal static class Maintenance
{
    /// <summary>A flush: values that a marker hides, and versions beyond what the family keeps, are gone; markers stay.</summary>
    public static void Flush(CellStore store, TableSchema table) => store.Rewrite(table, (packed, output) => Copy(packed.Span, table, output, long.MinValue));

    /// <summary>
    /// A major compaction: the markers go as well, unless the family keeps them for a while. From then on an older put that arrives late is seen.
    /// </summary>
    public static void MajorCompact(CellStore store, TableSchema table)
    {
        var now = store.Now;
        store.Rewrite(table, (packed, output) => Copy(packed.Span, table, output, now));
    }

    /// <summary>Removes the cells of families that the table no longer has.</summary>
    public static void DropUnknownFamilies(CellStore store, TableSchema table) => store.Rewrite(table, (packed, output) =>
    {
        var reader = new PackedRowReader(packed.Span);
        while (reader.Next())
        {
            if (table.Find(reader.Family) is not null)
                output.Add(reader.Kind, reader.Family, reader.Qualifier, reader.Timestamp, reader.Value, int.MaxValue);
        }
    });

    /// <param name="packed">The row.</param>
    /// <param name="table">Its table.</param>
    /// <param name="output">Where what is left goes.</param>
    /// <param name="purgeAt">The time of a major compaction, ms; <see cref="long.MinValue"/> keeps every marker.</param>
    private static void Copy(ReadOnlySpan<byte> packed, TableSchema table, PackedRowBuilder output, long purgeAt)
    {
        // What a reader of every version sees is what survives; the markers are woven in again where they were.
        var everything = new ReadSpec { MaxVersions = int.MaxValue };
        var survivors = new VisibleCells(packed, table, everything, purgeAt == long.MinValue ? 0 : purgeAt);
        var all = new PackedRowReader(packed);
        var alive = survivors.Next();
        while (all.Next())
        {
            if (table.Find(all.Family) is not { } family)
                continue;
            if (all.Kind != EntryKind.Put)
            {
                if (purgeAt == long.MinValue || (family.PurgeDeletesAfterMs > 0 && purgeAt - all.Timestamp <= family.PurgeDeletesAfterMs))
                    output.Add(all.Kind, all.Family, all.Qualifier, all.Timestamp, default, family.Versions);
            }
            else if (alive && IsSame(all, survivors))
            {
                output.Add(all.Kind, all.Family, all.Qualifier, all.Timestamp, all.Value, family.Versions);
                alive = survivors.Next();
            }
        }
    }

    private static bool IsSame(in PackedRowReader entry, in VisibleCells cell) =>
        entry.Timestamp == cell.Timestamp && entry.Qualifier.SequenceEqual(cell.Qualifier) && entry.Family.SequenceEqual(cell.Family);
}
