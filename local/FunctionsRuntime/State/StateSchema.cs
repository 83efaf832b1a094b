using Microsoft.Data.Sqlite;

namespace MyriadSync.FunctionsRuntime.State;

/// <summary>
/// The state file. <c>synchronous=NORMAL</c> in WAL mode hands each commit to the operating system without waiting for the disk: nothing is lost
/// when the process is killed at any point, and the file stays whole, though the last commits may be missing, when the machine loses power.
/// That is what a local stand-in needs, and it is what keeps a step of an orchestration well under a millisecond.
/// </summary>
internal static class StateSchema
{
    private const int Format = 1;

    /// <summary>Creates the tables if they are missing.</summary>
    /// <exception cref="InvalidOperationException">The file was written by a newer version.</exception>
    public static void Apply(SqliteConnection connection, string path)
    {
        Execute(connection, "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA wal_autocheckpoint=4000; PRAGMA temp_store=MEMORY;");
        var format = Convert.ToInt32(Scalar(connection, "PRAGMA user_version"), System.Globalization.CultureInfo.InvariantCulture);
        if (format > Format)
            throw new InvalidOperationException($"The state file '{path}' has format {format}; this version knows up to {Format}. Use a newer version, or another file.");
        if (format == Format)
            return;

        Execute(connection, $"""
            BEGIN IMMEDIATE;
            CREATE TABLE IF NOT EXISTS instances(
              key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, execution INTEGER NOT NULL, name TEXT NOT NULL, version TEXT NOT NULL,
              status INTEGER NOT NULL, input TEXT, output TEXT, custom_status TEXT, failure TEXT,
              created INTEGER NOT NULL, updated INTEGER NOT NULL, start_at INTEGER NOT NULL, trace TEXT);
            CREATE INDEX IF NOT EXISTS instances_unfinished ON instances(key) WHERE status IN (0, 6);
            CREATE TABLE IF NOT EXISTS history(
              instance INTEGER NOT NULL, n INTEGER NOT NULL, kind INTEGER NOT NULL, task INTEGER NOT NULL, name TEXT, data TEXT, at INTEGER NOT NULL,
              PRIMARY KEY(instance, n)) WITHOUT ROWID;
            CREATE TABLE IF NOT EXISTS schedules(
              name TEXT PRIMARY KEY, schedule TEXT NOT NULL, last INTEGER NOT NULL, next INTEGER NOT NULL, updated INTEGER NOT NULL) WITHOUT ROWID;
            PRAGMA user_version = {Format};
            COMMIT;
            """);
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static object? Scalar(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
