using System.Buffers;

namespace MyriadSync.MyriadEmulator.Store;

/// <summary>The changes of one request, decoded into one piece of memory: rows, each with its edits.</summary>
internal sealed class MutationBatch : IDisposable
{
    private byte[] _arena = ArrayPool<byte>.Shared.Rent(16 * 1024);
    private Edit[] _edits = ArrayPool<Edit>.Shared.Rent(256);
    private RowEdits[] _rows = ArrayPool<RowEdits>.Shared.Rent(64);
    private int _used;

    public int RowCount { get; private set; }

    public int EditCount { get; private set; }

    public ReadOnlySpan<RowEdits> Rows => _rows.AsSpan(0, RowCount);

    /// <summary>Makes room for bytes that are still to be decoded; <see cref="Keep"/> says how many there were.</summary>
    public Span<byte> Reserve(int size)
    {
        if (_arena.Length - _used < size)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_arena.Length * 2, _used + size));
            _arena.AsSpan(0, _used).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_arena);
            _arena = larger;
        }
        return _arena.AsSpan(_used, size);
    }

    public Slice Keep(int size)
    {
        var slice = new Slice(_used, size);
        _used += size;
        return slice;
    }

    public Slice Copy(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Reserve(bytes.Length));
        return Keep(bytes.Length);
    }

    public ReadOnlySpan<byte> Bytes(Slice slice) => _arena.AsSpan(slice.Start, slice.Length);

    public Span<Edit> Edits(in RowEdits row) => _edits.AsSpan(row.FirstEdit, row.Count);

    public void BeginRow(Slice key)
    {
        if (RowCount == _rows.Length)
            _rows = Grow(_rows);
        _rows[RowCount++] = new RowEdits { Key = key, FirstEdit = EditCount, Count = 0 };
    }

    /// <summary>Names the row that was begun last, whose key the request carried after its cells.</summary>
    public void NameRow(Slice key) => _rows[RowCount - 1].Key = key;

    public void Add(EntryKind kind, Slice family, Slice qualifier, long timestamp, Slice value)
    {
        if (EditCount == _edits.Length)
            _edits = Grow(_edits);
        _edits[EditCount] = new Edit { Kind = kind, Family = family, Qualifier = qualifier, Timestamp = timestamp, Value = value, Order = EditCount };
        EditCount++;
        _rows[RowCount - 1].Count++;
    }

    /// <summary>Forgets all rows but the first ones.</summary>
    public void KeepRows(int count) => RowCount = Math.Min(RowCount, count);

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_arena);
        ArrayPool<Edit>.Shared.Return(_edits);
        ArrayPool<RowEdits>.Shared.Return(_rows);
        _arena = [];
        _edits = [];
        _rows = [];
    }

    private static T[] Grow<T>(T[] full)
    {
        var larger = ArrayPool<T>.Shared.Rent(full.Length * 2);
        full.CopyTo(larger, 0);
        ArrayPool<T>.Shared.Return(full);
        return larger;
    }
}
