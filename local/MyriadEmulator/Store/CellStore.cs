namespace MyriadSync.MyriadEmulator.Store;

/// <summary>
/// Tables of rows over one SQLite file, one writer and reader at a time: a request of a thousand rows holds the lock for some
/// milliseconds, a scan gives it back after each part. A row is one SQLite row, read, merged and written as a whole.
/// </summary>
internal sealed class CellStore : IDisposable
{
    private readonly SqliteFile _file;
    private readonly SqliteStatement _begin, _commit, _rollback, _find, _insert, _update, _delete, _from, _byId, _dropRows;
    private readonly PackedRowBuilder _merged = new();
    private readonly TimeProvider _clock;
    private readonly Lock _lock = new();
    private readonly Catalog _catalog;
    private byte[] _stored = new byte[4096];
    private long _skewMs;

    /// <param name="path">The data file; null keeps everything in memory.</param>
    /// <param name="clock">The real time.</param>
    public CellStore(string? path, TimeProvider clock)
    {
        _clock = clock;
        _file = new SqliteFile(path);
        _catalog = new Catalog(_file);
        _file.Execute("CREATE TABLE IF NOT EXISTS rows(id INTEGER PRIMARY KEY, t INTEGER NOT NULL, k BLOB NOT NULL, v BLOB NOT NULL, UNIQUE(t, k))");
        _begin = _file.Prepare("BEGIN IMMEDIATE");
        _commit = _file.Prepare("COMMIT");
        _rollback = _file.Prepare("ROLLBACK");
        _find = _file.Prepare("SELECT id, v FROM rows WHERE t = ?1 AND k = ?2");
        _insert = _file.Prepare("INSERT INTO rows(t, k, v) VALUES(?1, ?2, ?3)");
        _update = _file.Prepare("UPDATE rows SET v = ?2 WHERE id = ?1");
        _delete = _file.Prepare("DELETE FROM rows WHERE id = ?1");
        _from = _file.Prepare("SELECT id, k, v FROM rows WHERE t = ?1 AND k >= ?2 ORDER BY k");
        _byId = _file.Prepare("SELECT v FROM rows WHERE id = ?1");
        _dropRows = _file.Prepare("DELETE FROM rows WHERE t = ?1");
    }

    /// <summary>What a row looks like to the one who reads it; the spans end with the call.</summary>
    /// <returns>False to read no further.</returns>
    public delegate bool RowReader(ReadOnlySpan<byte> key, ReadOnlySpan<byte> packed);

    /// <summary>How far the server's clock is ahead of the real one, ms.</summary>
    public long ClockSkewMs { get => Interlocked.Read(ref _skewMs); set => Interlocked.Exchange(ref _skewMs, value); }

    /// <summary>The region server's time, ms since 1970.</summary>
    public long Now => _clock.GetUtcNow().ToUnixTimeMilliseconds() + ClockSkewMs;

    public TableSchema? FindTable(string name)
    {
        lock (_lock)
            return _catalog.Tables.GetValueOrDefault(name);
    }

    /// <summary>Reads or changes namespaces and tables, as one transaction.</summary>
    public T WithCatalog<T>(Func<Catalog, T> action) => InTransaction(() => action(_catalog));

    /// <summary>Stores the rows of a batch. A row that names an unknown family is left out as a whole; the others are stored.</summary>
    public ApplyResult Apply(TableSchema seen, MutationBatch batch) => InTransaction(() =>
    {
        if (Current(seen) is not { } table)
            return new ApplyResult { TableMissing = true };
        string? unknown = null;
        var now = Now;
        foreach (ref readonly var row in batch.Rows)
        {
            if (UnknownFamily(table, batch, row) is { } family)
                unknown ??= family;
            else
                Store(table, batch, row, now);
        }
        return new ApplyResult { UnknownFamily = unknown };
    });

    /// <summary>Applies the batch if the row, as a reader sees it, passes the check; nothing comes between the two.</summary>
    public ApplyResult ApplyIf(TableSchema seen, ReadOnlyMemory<byte> key, Func<TableSchema, byte[], bool> check, MutationBatch batch) => InTransaction(() =>
    {
        if (Current(seen) is not { } table)
            return new ApplyResult { TableMissing = true };
        foreach (ref readonly var row in batch.Rows)
        {
            if (UnknownFamily(table, batch, row) is { } family)
                return new ApplyResult { UnknownFamily = family };
        }
        var packed = Find(table, key.Span, out _) ? _find.Blob(1).ToArray() : [];
        _find.Reset();
        if (!check(table, packed))
            return new ApplyResult { CheckFailed = true };
        foreach (ref readonly var row in batch.Rows)
            Store(table, batch, row, Now);
        return default;
    });

    /// <summary>Reads one row.</summary>
    /// <returns>Whether there is a stored row, if only with markers.</returns>
    public bool Read(TableSchema table, ReadOnlySpan<byte> key, RowReader read)
    {
        lock (_lock)
        {
            var found = Find(table, key, out _);
            if (found)
                read(key, _find.Blob(1));
            _find.Reset();
            return found;
        }
    }

    /// <summary>Reads rows in byte order from a key on, until there are no more, the reader stops or the part is full.</summary>
    /// <returns>True if the part was full: go on behind the last key seen.</returns>
    public bool ReadFrom(TableSchema table, ReadOnlySpan<byte> start, int part, RowReader read)
    {
        lock (_lock)
        {
            _from.Bind(1, table.Id).Bind(2, start);
            var more = true;
            for (var count = 0; count < part && more; count++)
                more = _from.Step() && read(_from.Blob(1), _from.Blob(2));
            _from.Reset();
            return more;
        }
    }

    /// <summary>Rewrites every row of a table; an empty result removes it.</summary>
    public void Rewrite(TableSchema table, Action<ReadOnlyMemory<byte>, PackedRowBuilder> rewrite) => InTransaction(() =>
    {
        var ids = new List<long>();
        _from.Bind(1, table.Id).Bind(2, default(ReadOnlySpan<byte>));
        while (_from.Step())
            ids.Add(_from.Integer(0));
        _from.Reset();
        foreach (var id in ids)
        {
            _byId.Bind(1, id).Step();
            var packed = _byId.Blob(0).ToArray();
            _byId.Reset();
            _merged.Clear();
            rewrite(packed, _merged);
            if (_merged.Length == 0)
                _delete.Bind(1, id).Run();
            else if (_merged.Length != packed.Length)
                _update.Bind(1, id).Bind(2, _merged.Written).Run();
        }
        return true;
    });

    public void DropRows(TableSchema table) => _dropRows.Bind(1, table.Id).Run();

    public void Dispose()
    {
        lock (_lock)
            _file.Dispose();
    }

    /// <summary>The table as it is now: it may have been altered or dropped since the request looked it up.</summary>
    private TableSchema? Current(TableSchema seen) =>
        _catalog.Tables.TryGetValue(seen.Name, out var table) && table.Id == seen.Id ? table : null;

    private static string? UnknownFamily(TableSchema table, MutationBatch batch, in RowEdits row)
    {
        foreach (ref readonly var edit in batch.Edits(row))
        {
            var family = batch.Bytes(edit.Family);
            if (table.Find(family) is null)
                return System.Text.Encoding.UTF8.GetString(family);
        }
        return null;
    }

    private void Store(TableSchema table, MutationBatch batch, in RowEdits row, long now)
    {
        var key = batch.Bytes(row.Key);
        var exists = Find(table, key, out var id);
        var length = 0;
        if (exists)
        {
            var blob = _find.Blob(1);
            length = blob.Length;
            if (_stored.Length < length)
                _stored = new byte[length * 2];
            blob.CopyTo(_stored);
        }
        _find.Reset();
        RowMerger.Merge(_stored.AsSpan(0, length), batch, row, table, now, _merged);
        if (exists)
            _update.Bind(1, id).Bind(2, _merged.Written).Run();
        else
            _insert.Bind(1, table.Id).Bind(2, key).Bind(3, _merged.Written).Run();
    }

    private bool Find(TableSchema table, ReadOnlySpan<byte> key, out long id)
    {
        var found = _find.Bind(1, table.Id).Bind(2, key).Step();
        id = found ? _find.Integer(0) : 0;
        return found;
    }

    private T InTransaction<T>(Func<T> action)
    {
        lock (_lock)
        {
            _begin.Run();
            try
            {
                var result = action();
                _commit.Run();
                return result;
            }
            catch
            {
                _rollback.Run();
                throw;
            }
        }
    }
}
