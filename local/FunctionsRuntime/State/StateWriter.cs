using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace MyriadSync.FunctionsRuntime.State;

/// <summary>
/// The one thread that writes the state file. It takes all work that has gathered while the last transaction ran and commits it in the next one,
/// so that many instances share the price of a commit. If a transaction fails (a full disk, say), nothing goes on until it can be repeated.
/// </summary>
internal sealed class StateWriter : IDisposable
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(500);

    private readonly object _gate = new();
    private readonly SqliteConnection _connection;
    private readonly ILogger _logger;
    private readonly Thread _thread;
    private List<IStateWork> _queue = [];
    private bool _stopping;

    public StateWriter(SqliteConnection connection, ILogger logger)
    {
        _connection = connection;
        _logger = logger;
        _thread = new(Run) { IsBackground = true, Name = "functions-state-writer" };
        _thread.Start();
    }

    /// <summary>Hands work over and returns at once; false if the writer has ended.</summary>
    public bool TryEnqueue(IStateWork work)
    {
        lock (_gate)
        {
            if (_stopping)
                return false;
            _queue.Add(work);
            if (_queue.Count == 1)
                Monitor.Pulse(_gate);
            return true;
        }
    }

    /// <summary>Writes what is left, then ends.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _stopping = true;
            Monitor.Pulse(_gate);
        }

        _thread.Join();
    }

    private void Run()
    {
        using var commands = new StateCommands(_connection);
        var batch = new List<IStateWork>();
        while (true)
        {
            lock (_gate)
            {
                while (_queue.Count == 0 && !_stopping)
                    Monitor.Wait(_gate);
                if (_queue.Count == 0)
                    return;
                (batch, _queue) = (_queue, batch);
            }

            while (!TryCommit(commands, batch))
            {
                if (_stopping)
                    return;
                lock (_gate)
                    Monitor.Wait(_gate, RetryDelay);
            }

            foreach (var work in batch)
                Announce(work);
            batch.Clear();
        }
    }

    private bool TryCommit(StateCommands commands, List<IStateWork> batch)
    {
        try
        {
            commands.Begin();
            try
            {
                foreach (var work in batch)
                    work.Write(commands);
                commands.Commit();
                return true;
            }
            catch (SqliteException)
            {
                commands.Rollback();
                throw;
            }
        }
        catch (SqliteException exception)
        {
            StateLogs.CommitFailed(_logger, exception.Message);
            return false;
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "The writer serves every instance and must outlive a defect in one announcement.")]
    private void Announce(IStateWork work)
    {
        try
        {
            work.Committed();
        }
        catch (Exception exception)
        {
            StateLogs.AnnouncementFailed(_logger, exception);
        }
    }
}
