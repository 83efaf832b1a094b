using SQLitePCL;

namespace MyriadSync.MyriadEmulator.Store;

/// <summary>
/// A prepared statement without the layers above it: blobs are bound from spans and read as spans into SQLite's own memory, which end
/// with the next step or reset. The rows of one request cost two of these each, so they are worth it.
/// </summary>
internal sealed class SqliteStatement(sqlite3 db, sqlite3_stmt statement) : IDisposable
{
    public SqliteStatement Bind(int index, long value)
    {
        Check(raw.sqlite3_bind_int64(statement, index, value));
        return this;
    }

    public SqliteStatement Bind(int index, ReadOnlySpan<byte> value)
    {
        Check(value.IsEmpty ? raw.sqlite3_bind_zeroblob(statement, index, 0) : raw.sqlite3_bind_blob(statement, index, value));
        return this;
    }

    public SqliteStatement Bind(int index, string value)
    {
        Check(raw.sqlite3_bind_text(statement, index, value));
        return this;
    }

    /// <summary>True while there is a row.</summary>
    public bool Step()
    {
        var result = raw.sqlite3_step(statement);
        if (result == raw.SQLITE_ROW)
            return true;
        if (result != raw.SQLITE_DONE)
            Check(result);
        return false;
    }

    /// <summary>Runs a statement that yields no row.</summary>
    public void Run()
    {
        Step();
        Reset();
    }

    public ReadOnlySpan<byte> Blob(int column) => raw.sqlite3_column_blob(statement, column);

    public long Integer(int column) => raw.sqlite3_column_int64(statement, column);

    public string Text(int column) => raw.sqlite3_column_text(statement, column).utf8_to_string();

    public void Reset() => _ = raw.sqlite3_reset(statement);

    public void Dispose() => statement.Dispose();

    private void Check(int result)
    {
        if (result == raw.SQLITE_OK)
            return;
        var message = raw.sqlite3_errmsg(db).utf8_to_string();
        Reset();
        throw new InvalidOperationException($"SQLite: {message} ({result})");
    }
}
