using Microsoft.Data.Sqlite;
using Microsoft.DurableTask.Client;
using MyriadSync.FunctionsRuntime.Durable.Execution;
using MyriadSync.FunctionsRuntime.Durable.History;
using MyriadSync.FunctionsRuntime.Timers;

namespace MyriadSync.FunctionsRuntime.State;

/// <summary>Reads what is committed. One thread at a time.</summary>
internal sealed class StateReader : IDisposable
{
    private const string Columns = "key, id, execution, name, version, status, input, output, custom_status, failure, created, updated, start_at, trace";

    private readonly SqliteConnection _connection;
    private readonly PreparedCommand _byId;
    private readonly PreparedCommand _unfinished;
    private readonly PreparedCommand _history;
    private readonly PreparedCommand _list;

    public StateReader(string connectionString)
    {
        _connection = new(connectionString);
        _connection.Open();
        _byId = new(_connection, $"SELECT {Columns} FROM instances WHERE id = ?1", 1);
        _unfinished = new(_connection, $"SELECT {Columns} FROM instances WHERE status IN (0, 6) ORDER BY key", 0);
        _history = new(_connection, "SELECT kind, task, name, data, at FROM history WHERE instance = ?1 ORDER BY n", 1);
        _list = new(_connection, $"SELECT {Columns} FROM instances WHERE key > ?1 AND created >= ?2 AND created <= ?3 ORDER BY key", 3);
    }

    /// <summary>The instance of an id.</summary>
    public OrchestrationRecord? Find(string id) => Read(_byId.Query(id)).FirstOrDefault();

    /// <summary>The instances that have not ended.</summary>
    public IReadOnlyList<OrchestrationRecord> Unfinished() => [.. Read(_unfinished.Query())];

    /// <summary>Instances that a query asks for, in the order of their keys, from after the key given.</summary>
    public IReadOnlyList<OrchestrationRecord> List(OrchestrationQuery query, long afterKey, int limit)
    {
        var statuses = query.Statuses?.ToHashSet();
        var prefix = query.InstanceIdPrefix ?? string.Empty;
        var from = query.CreatedFrom?.UtcTicks ?? 0;
        var to = query.CreatedTo?.UtcTicks ?? long.MaxValue;
        return [.. Read(_list.Query(afterKey, from, to))
            .Where(r => (statuses is null || statuses.Contains(r.Status)) && r.Id.StartsWith(prefix, StringComparison.Ordinal))
            .Take(limit)];
    }

    /// <summary>The history of an instance.</summary>
    public List<HistoryEvent> History(long instance)
    {
        using var rows = _history.Query(instance);
        var history = new List<HistoryEvent>();
        while (rows.Read())
        {
            history.Add(new()
            {
                Kind = (HistoryKind)rows.GetInt32(0),
                TaskId = rows.GetInt32(1),
                Name = Text(rows, 2),
                Data = Text(rows, 3),
                At = Time(rows, 4),
            });
        }

        return history;
    }

    /// <summary>The highest key in use.</summary>
    public long HighestKey()
    {
        using var command = new PreparedCommand(_connection, "SELECT coalesce(max(key), 0) FROM instances", 0);
        using var rows = command.Query();
        return rows.Read() ? rows.GetInt64(0) : 0;
    }

    /// <summary>Where the schedule of a timer function stands; null if it never ran.</summary>
    public ScheduleRecord? FindSchedule(string function)
    {
        using var command = new PreparedCommand(_connection, "SELECT schedule, last, next, updated FROM schedules WHERE name = ?1", 1);
        using var rows = command.Query(function);
        return rows.Read()
            ? new() { Function = function, Schedule = rows.GetString(0), Last = Time(rows, 1), Next = Time(rows, 2), UpdatedAt = Time(rows, 3) }
            : null;
    }

    public void Dispose()
    {
        _byId.Dispose();
        _unfinished.Dispose();
        _history.Dispose();
        _list.Dispose();
        _connection.Dispose();
    }

    private static IEnumerable<OrchestrationRecord> Read(SqliteDataReader rows)
    {
        using (rows)
        {
            while (rows.Read())
            {
                yield return new()
                {
                    Key = rows.GetInt64(0),
                    Id = rows.GetString(1),
                    Execution = rows.GetInt64(2),
                    Name = rows.GetString(3),
                    Version = rows.GetString(4),
                    Status = (OrchestrationRuntimeStatus)rows.GetInt32(5),
                    Input = Text(rows, 6),
                    Output = Text(rows, 7),
                    CustomStatus = Text(rows, 8),
                    Failure = Text(rows, 9) is { } failure ? FailureText.Parse(failure) : null,
                    CreatedAt = Time(rows, 10),
                    UpdatedAt = Time(rows, 11),
                    StartAt = Time(rows, 12),
                    TraceParent = Text(rows, 13),
                };
            }
        }
    }

    private static string? Text(SqliteDataReader rows, int column) => rows.IsDBNull(column) ? null : rows.GetString(column);

    private static DateTime Time(SqliteDataReader rows, int column) => new(rows.GetInt64(column), DateTimeKind.Utc);
}
