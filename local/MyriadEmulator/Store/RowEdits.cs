namespace MyriadSync.MyriadEmulator.Store;

/// <summary>The edits of one row of a <see cref="MutationBatch"/>.</summary>
internal struct RowEdits
{
    public Slice Key;
    public int FirstEdit;
    public int Count;
}
