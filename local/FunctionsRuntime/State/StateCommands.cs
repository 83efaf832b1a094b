using Microsoft.Data.Sqlite;
using MyriadSync.FunctionsRuntime.Durable.Execution;
using MyriadSync.FunctionsRuntime.Durable.History;
using MyriadSync.FunctionsRuntime.Timers;

namespace MyriadSync.FunctionsRuntime.State;

/// <summary>What can be written to the state file. Every statement may be run twice: keys are decided by the caller.</summary>
internal sealed class StateCommands(SqliteConnection connection) : IDisposable
{
    private readonly PreparedCommand _begin = new(connection, "BEGIN IMMEDIATE", 0);
    private readonly PreparedCommand _commit = new(connection, "COMMIT", 0);
    private readonly PreparedCommand _rollback = new(connection, "ROLLBACK", 0);
    private readonly PreparedCommand _save = new(
        connection,
        """
        INSERT INTO instances(key, id, execution, name, version, status, input, output, custom_status, failure, created, updated, start_at, trace)
        VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)
        ON CONFLICT(key) DO UPDATE SET execution = excluded.execution, name = excluded.name, version = excluded.version, status = excluded.status,
          input = excluded.input, output = excluded.output, custom_status = excluded.custom_status, failure = excluded.failure,
          created = excluded.created, updated = excluded.updated, start_at = excluded.start_at, trace = excluded.trace
        """,
        14);

    private readonly PreparedCommand _update = new(
        connection,
        "UPDATE instances SET status = ?2, output = ?3, custom_status = ?4, failure = ?5, updated = ?6 WHERE key = ?1",
        6);

    private readonly PreparedCommand _touch = new(connection, "UPDATE instances SET updated = ?2 WHERE key = ?1", 2);
    private readonly PreparedCommand _append = new(
        connection,
        "INSERT OR REPLACE INTO history(instance, n, kind, task, name, data, at) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        7);

    private readonly PreparedCommand _forgetHistory = new(connection, "DELETE FROM history WHERE instance = ?1", 1);
    private readonly PreparedCommand _forgetInstance = new(connection, "DELETE FROM instances WHERE key = ?1 AND execution = ?2 AND status NOT IN (0, 6)", 2);
    private readonly PreparedCommand _schedule = new(
        connection,
        "INSERT OR REPLACE INTO schedules(name, schedule, last, next, updated) VALUES(?1, ?2, ?3, ?4, ?5)",
        5);

    public void Begin() => _begin.Execute();

    public void Commit() => _commit.Execute();

    public void Rollback() => _rollback.Execute();

    /// <summary>Writes an instance whole.</summary>
    public void Save(OrchestrationRecord record) => _save.Execute(
        record.Key,
        record.Id,
        record.Execution,
        record.Name,
        record.Version,
        (int)record.Status,
        record.Input,
        record.Output,
        record.CustomStatus,
        record.Failure is { } failure ? FailureText.Format(failure) : null,
        record.CreatedAt.Ticks,
        record.UpdatedAt.Ticks,
        record.StartAt.Ticks,
        record.TraceParent);

    /// <summary>Writes what changes while an instance runs.</summary>
    public void Update(OrchestrationRecord record) => _update.Execute(
        record.Key,
        (int)record.Status,
        record.Output,
        record.CustomStatus,
        record.Failure is { } failure ? FailureText.Format(failure) : null,
        record.UpdatedAt.Ticks);

    /// <summary>Writes when an instance last changed.</summary>
    public void Touch(OrchestrationRecord record) => _touch.Execute(record.Key, record.UpdatedAt.Ticks);

    /// <summary>Adds to the history of an instance.</summary>
    public void Append(long instance, int n, HistoryEvent item) =>
        _append.Execute(instance, n, (int)item.Kind, item.TaskId, item.Name, item.Data, item.At.Ticks);

    /// <summary>Drops the history of an instance.</summary>
    public void ForgetHistory(long instance) => _forgetHistory.Execute(instance);

    /// <summary>Drops an instance that has ended, unless it was started anew since; whether it did. Its history went when it ended.</summary>
    public bool ForgetInstance(long instance, long execution) => _forgetInstance.Execute(instance, execution) > 0;

    /// <summary>Writes where the schedule of a timer function stands.</summary>
    public void SaveSchedule(ScheduleRecord record) =>
        _schedule.Execute(record.Function, record.Schedule, record.Last.Ticks, record.Next.Ticks, record.UpdatedAt.Ticks);

    public void Dispose()
    {
        foreach (var command in (ReadOnlySpan<PreparedCommand>)[_begin, _commit, _rollback, _save, _update, _touch, _append, _forgetHistory, _forgetInstance, _schedule])
            command.Dispose();
    }
}
