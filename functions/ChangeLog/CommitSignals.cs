using System.Collections.Concurrent;

namespace MyriadSync.ChangeLog;

/// <summary>Wakes pullers of this process when a dataset's log grows.</summary>
internal sealed class CommitSignals
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource<HeadRow>> _waiting = new();

    /// <summary>The next head of the dataset that this process gets to know. Ask before reading the log, or a commit in between goes unnoticed.</summary>
    public Task<HeadRow> NextAsync(string dataset) =>
        _waiting.GetOrAdd(dataset, _ => new TaskCompletionSource<HeadRow>(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    /// <summary>Tells everybody who waits.</summary>
    public void Notify(string dataset, HeadRow head)
    {
        if (_waiting.TryRemove(dataset, out var waiting))
        {
            waiting.SetResult(head);
        }
    }
}
