using System.Security.Cryptography;

namespace MyriadSync.MyriadEmulator.Scheduler;

/// <summary>
/// The tasks of the cluster and the lists they are in. Time moves them when somebody looks: pending, staging, active; killable, gone.
/// </summary>
internal sealed class TaskBoard
{
    private readonly Lock _lock = new();
    private readonly List<Entry> _tasks = [];
    private readonly SchedulerOptions _options;
    private readonly TimeProvider _clock;

    public TaskBoard(SchedulerOptions options, TimeProvider clock)
    {
        _options = options;
        _clock = clock;
        foreach (var (profile, count) in options.NodeManagers)
            Add("nm", profile, count, null);
        foreach (var (service, limit) in options.Services)
            Add(service, service, Math.Max(0, limit ?? 1), null);
    }

    public IReadOnlyList<string> List(TaskState state)
    {
        lock (_lock)
        {
            Move();
            return [.. _tasks.Where(task => task.State == state).Select(task => task.Id)];
        }
    }

    /// <summary>Tasks that are wanted: pending, staging or active.</summary>
    /// <param name="prefix">What stands before the first dot of their ids; null for any. Tasks are keyed by it, whatever the service is called.</param>
    /// <param name="profile">Their profile; null for any.</param>
    public int Count(string? prefix, string? profile)
    {
        lock (_lock)
        {
            Move();
            return _tasks.Count(task => task.State != TaskState.Killable && task.Matches(prefix, profile));
        }
    }

    public void Add(string name, string profile, int count, string? constraint)
    {
        lock (_lock)
        {
            for (var i = 0; i < count; i++)
            {
                var id = $"{name}.{profile}.{new Guid(RandomNumberGenerator.GetBytes(16))}";
                _tasks.Add(new Entry { Id = id, Prefix = id[..id.IndexOf('.', StringComparison.Ordinal)], Profile = profile, Constraint = constraint, Since = _clock.GetUtcNow() });
            }
        }
    }

    /// <summary>Moves tasks to the killable list: pending ones first, then staging, then active.</summary>
    public void Kill(string? prefix, string? profile, int count, string? constraint)
    {
        lock (_lock)
        {
            Move();
            var chosen = _tasks
                .Where(task => task.State != TaskState.Killable && task.Matches(prefix, profile) && (constraint is null || task.Constraint == constraint))
                .OrderBy(task => task.State)
                .Take(count);
            foreach (var task in chosen.ToList())
                (task.State, task.Since) = (TaskState.Killable, _clock.GetUtcNow());
        }
    }

    private void Move()
    {
        if (_options.StepTime is not { } step)
            return;
        var now = _clock.GetUtcNow();
        _tasks.RemoveAll(task => task.State == TaskState.Killable && now - task.Since >= step);
        foreach (var task in _tasks)
        {
            while (task.State < TaskState.Active && now - task.Since >= step)
                (task.State, task.Since) = (task.State + 1, task.Since + step);
        }
    }

    private sealed class Entry
    {
        public required string Id { get; init; }

        public required string Prefix { get; init; }

        public required string Profile { get; init; }

        public string? Constraint { get; init; }

        public DateTimeOffset Since { get; set; }

        public TaskState State { get; set; }

        public bool Matches(string? prefix, string? profile) => (prefix is null || Prefix == prefix) && (profile is null || Profile == profile);
    }
}
