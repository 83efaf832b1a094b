using System.Diagnostics;

namespace MyriadSync.DevStack.Azurite;

/// <summary>Reads what Azurite writes: it says there when a service listens, and why it gave up.</summary>
internal sealed class AzuriteConsole
{
    private const int Services = 3;
    private const int KeptLines = 20;

    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Queue<string> _lines = new();
    private int _listening;

    /// <summary>Completes when all three services listen; fails with <see cref="LocalStackException"/> if Azurite ends before.</summary>
    public Task Ready => _ready.Task;

    /// <summary>The last lines.</summary>
    public string Text
    {
        get
        {
            lock (_lines)
                return string.Join(Environment.NewLine, _lines);
        }
    }

    /// <summary>Follows the process; both streams are drained to the end, or it would block on a full pipe.</summary>
    public void Attach(Process process)
    {
        process.OutputDataReceived += (_, line) => Take(line.Data);
        process.ErrorDataReceived += (_, line) => Take(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        _ = process.WaitForExitAsync().ContinueWith(
            _ => _ready.TrySetException(new LocalStackException($"Azurite ended before it was ready: {Text}")), TaskScheduler.Default);
    }

    private void Take(string? line)
    {
        if (line is null)
            return;

        lock (_lines)
        {
            _lines.Enqueue(line);
            if (_lines.Count > KeptLines)
                _lines.Dequeue();
        }

        if (line.Contains("successfully listening", StringComparison.Ordinal) && Interlocked.Increment(ref _listening) == Services)
            _ready.TrySetResult();
    }
}
