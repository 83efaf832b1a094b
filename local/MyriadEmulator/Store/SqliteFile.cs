using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace MyriadSync.MyriadEmulator.Store;

/// <summary>
/// The one connection to the data file. With <c>synchronous=OFF</c> and a write-ahead log, what was acknowledged survives a kill of the
/// process, not a power cut: enough for an emulator, and it never waits for the disk. The lock on the file is exclusive, so a second emulator on the same
/// file fails at its start.
/// </summary>
internal sealed class SqliteFile : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly List<SqliteStatement> _statements = [];

    /// <param name="path">Null keeps everything in memory.</param>
    public SqliteFile(string? path)
    {
        if (path is not null)
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path ?? ":memory:", Pooling = false, DefaultTimeout = 1 }.ToString());
        _connection.Open();
        Execute("PRAGMA locking_mode=EXCLUSIVE");
        Execute("PRAGMA journal_mode=WAL");
        Execute("PRAGMA synchronous=OFF");
        Execute("PRAGMA cache_size=-65536");
        Execute("PRAGMA wal_autocheckpoint=4096");
    }

    public void Execute(string sql)
    {
        using var command = _connection.CreateCommand();
#pragma warning disable CA2100 // the texts are constants of this assembly
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    /// <summary>A statement that lives as long as this file.</summary>
    public SqliteStatement Prepare(string sql)
    {
        var db = _connection.Handle!;
        if (raw.sqlite3_prepare_v2(db, sql, out var statement) != raw.SQLITE_OK)
            throw new InvalidOperationException($"{raw.sqlite3_errmsg(db).utf8_to_string()}: {sql}");
        var prepared = new SqliteStatement(db, statement);
        _statements.Add(prepared);
        return prepared;
    }

    public void Dispose()
    {
        foreach (var statement in _statements)
            statement.Dispose();
        _connection.Dispose();
    }
}
