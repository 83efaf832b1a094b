using System.Collections.Concurrent;

namespace MyriadSync.ChangeLog;

/// <summary>The windows of the datasets that this process works on.</summary>
internal sealed class LogWindows(IChangeLog log)
{
    /// <summary>Datasets remembered at a time. More is no fault: a forgotten window is read again.</summary>
    private const int MaxWindows = 256;

    private readonly ConcurrentDictionary<string, LogWindow> _windows = new();

    /// <summary>The dataset's window; the same object for all callers, as long as it is remembered.</summary>
    public LogWindow Get(string dataset)
    {
        if (_windows.Count > MaxWindows)
        {
            foreach (var idle in _windows.Where(pair => pair.Key != dataset && pair.Value.CommitGate.CurrentCount == 1 && pair.Value.ApplyGate.CurrentCount == 1).Take(MaxWindows / 4))
            {
                // Somebody may hold the object still: two windows of a dataset are slower, and as right as two processes are.
                _windows.TryRemove(idle);
            }
        }

        return _windows.GetOrAdd(dataset, name => new LogWindow(name, log));
    }
}
