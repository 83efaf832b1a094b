namespace MyriadSync.ReliabilityTests.Load;

/// <summary>Counts what happens to all clients, so that a test can wait for it instead of for time to pass.</summary>
public sealed class Tally
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _counts = [];
    private readonly List<(string What, int Count, TaskCompletionSource Reached)> _waiters = [];

    public int this[string what]
    {
        get
        {
            lock (_lock)
                return _counts.GetValueOrDefault(what);
        }
    }

    public void Add(string what)
    {
        lock (_lock)
        {
            var count = _counts[what] = _counts.GetValueOrDefault(what) + 1;
            foreach (var waiter in _waiters.Where(waiter => waiter.What == what && waiter.Count <= count).ToList())
            {
                waiter.Reached.SetResult();
                _waiters.Remove(waiter);
            }
        }
    }

    /// <summary>Ends once the thing happened so many more times.</summary>
    public Task MoreAsync(string what, int count, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (count <= 0)
                return Task.CompletedTask;
            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiters.Add((what, _counts.GetValueOrDefault(what) + count, reached));
            return reached.Task.WaitAsync(cancellationToken);
        }
    }

    public override string ToString()
    {
        lock (_lock)
            return string.Join(", ", _counts.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}: {pair.Value}"));
    }
}
