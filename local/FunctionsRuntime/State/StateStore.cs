using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace MyriadSync.FunctionsRuntime.State;

/// <summary>The state file of a host: one writer, any number of readers, and a lock that keeps a second host out.</summary>
internal sealed class StateStore : IDisposable
{
    private readonly ConcurrentBag<StateReader> _readers = [];
    private readonly string _connectionString;
    private readonly FileStream _lock;
    private readonly SqliteConnection _connection;
    private readonly StateWriter _writer;

    private StateStore(string path, FileStream fileLock, ILogger logger)
    {
        _lock = fileLock;
        _connectionString = new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = 30 }.ToString();
        _connection = new(_connectionString);
        try
        {
            _connection.Open();
            StateSchema.Apply(_connection, path);
        }
        catch
        {
            _connection.Dispose();
            throw;
        }

        _writer = new(_connection, logger);
    }

    /// <summary>Opens the file, creating it and its folder if they are missing.</summary>
    /// <exception cref="InvalidOperationException">Another host has it open, or it is of a newer format.</exception>
    public static StateStore Open(string path, ILogger logger)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        FileStream fileLock;
        try
        {
            // The operating system drops the lock with the process, so that a killed host does not keep the next one out.
            fileLock = new(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception)
        {
            throw new InvalidOperationException($"The state file '{path}' is in use by another host. Stop it, or set FunctionsRuntime:StateFile to another path.", exception);
        }

        try
        {
            return new(path, fileLock, logger);
        }
        catch
        {
            fileLock.Dispose();
            throw;
        }
    }

    /// <summary>Hands work to the writer; false if the store is closed.</summary>
    public bool TryWrite(IStateWork work) => _writer.TryEnqueue(work);

    /// <summary>Reads what is committed.</summary>
    public T Read<T>(Func<StateReader, T> read)
    {
        var reader = _readers.TryTake(out var pooled) ? pooled : new(_connectionString);
        try
        {
            return read(reader);
        }
        finally
        {
            _readers.Add(reader);
        }
    }

    /// <summary>Writes what is left and closes.</summary>
    public void Dispose()
    {
        _writer.Dispose();
        while (_readers.TryTake(out var reader))
            reader.Dispose();
        _connection.Dispose();
        _lock.Dispose();
    }
}
