namespace MyriadSync.MyriadEmulator.Store;

/// <summary>Merges the edits of a row with what is stored, in the order of <see cref="PackedRowReader"/>.</summary>
internal static class RowMerger
{
    /// <summary>Writes the merged row to the output, whose memory the stored row must not be. Edits without a timestamp get the server's time, ms.</summary>
    public static void Merge(ReadOnlySpan<byte> stored, MutationBatch batch, in RowEdits row, TableSchema schema, long serverTime, PackedRowBuilder output)
    {
        var edits = batch.Edits(row);
        foreach (ref var edit in edits)
            edit.Timestamp = edit.Timestamp == long.MaxValue ? serverTime : edit.Timestamp;
        edits.Sort(new EditOrder(batch));

        output.Clear();
        var reader = new PackedRowReader(stored);
        var more = reader.Next();
        foreach (ref readonly var edit in edits)
        {
            while (more && Compare(reader, batch, edit) < 0)
            {
                output.Add(reader.Kind, reader.Family, reader.Qualifier, reader.Timestamp, reader.Value, Versions(schema, reader.Family));
                more = reader.Next();
            }
            var family = batch.Bytes(edit.Family);
            output.Add(edit.Kind, family, batch.Bytes(edit.Qualifier), edit.Timestamp, batch.Bytes(edit.Value), Versions(schema, family));
        }
        for (; more; more = reader.Next())
            output.Add(reader.Kind, reader.Family, reader.Qualifier, reader.Timestamp, reader.Value, Versions(schema, reader.Family));
    }

    private static int Versions(TableSchema schema, ReadOnlySpan<byte> family) => schema.Find(family)?.Versions ?? 1;

    /// <summary>An equal place counts as "after", so that what arrives now goes before what is stored and replaces it.</summary>
    private static int Compare(in PackedRowReader stored, MutationBatch batch, in Edit edit) => Compare(
        stored.Family, stored.Kind, stored.Qualifier, stored.Timestamp,
        batch.Bytes(edit.Family), edit.Kind, batch.Bytes(edit.Qualifier), edit.Timestamp);

    private static int Compare(
        ReadOnlySpan<byte> family, EntryKind kind, ReadOnlySpan<byte> qualifier, long timestamp,
        ReadOnlySpan<byte> otherFamily, EntryKind otherKind, ReadOnlySpan<byte> otherQualifier, long otherTimestamp)
    {
        var order = family.SequenceCompareTo(otherFamily);
        if (order != 0)
            return order;
        if (kind == EntryKind.FamilyMarker || otherKind == EntryKind.FamilyMarker)
            return kind != otherKind ? kind.CompareTo(otherKind) : otherTimestamp.CompareTo(timestamp);
        order = qualifier.SequenceCompareTo(otherQualifier);
        if (order == 0)
            order = kind.CompareTo(otherKind);
        return order != 0 ? order : otherTimestamp.CompareTo(timestamp);
    }

    private readonly struct EditOrder(MutationBatch batch) : IComparer<Edit>
    {
        public int Compare(Edit x, Edit y)
        {
            var order = RowMerger.Compare(
                batch.Bytes(x.Family), x.Kind, batch.Bytes(x.Qualifier), x.Timestamp, batch.Bytes(y.Family), y.Kind, batch.Bytes(y.Qualifier), y.Timestamp);
            return order != 0 ? order : y.Order.CompareTo(x.Order);
        }
    }
}
