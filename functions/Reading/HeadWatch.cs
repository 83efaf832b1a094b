using System.Collections.Concurrent;
using MyriadSync.ChangeLog;
using MyriadSync.Contracts;

namespace MyriadSync.Reading;

/// <summary>
/// Lets pullers wait for a dataset's log to grow. Commits of this process wake them at once; for those of other processes one read of the head per
/// dataset goes out every half second, while anybody waits.
/// </summary>
internal sealed class HeadWatch(IChangeLog log, CommitSignals signals, TimeProvider time)
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(500);

    private readonly ConcurrentDictionary<string, Task<HeadRow?>> _polls = new();

    /// <summary>Returns when the head is as wanted, or the time is over.</summary>
    public async Task WaitAsync(string dataset, Func<HeadRow, bool> wanted, TimeSpan atMost, CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var deadline = Task.Delay(atMost, time, over.Token);
        while (!deadline.IsCompleted)
        {
            // The signal is asked for before the head is read, or a commit in between would go unnoticed.
            var signal = signals.NextAsync(dataset);
            if (await PollAsync(dataset) is { } head && wanted(head))
            {
                break;
            }

            await Task.WhenAny(signal, deadline, Task.Delay(PollInterval, time, over.Token));
            if (signal.IsCompletedSuccessfully && wanted(await signal))
            {
                break;
            }
        }

        await over.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>One read under way serves everybody who asks meanwhile.</summary>
    private async Task<HeadRow?> PollAsync(string dataset)
    {
        var poll = _polls.GetOrAdd(dataset, name => ReadAsync(name));
        try
        {
            return await poll;
        }
        finally
        {
            _polls.TryRemove(new KeyValuePair<string, Task<HeadRow?>>(dataset, poll));
        }
    }

    private async Task<HeadRow?> ReadAsync(string dataset)
    {
        try
        {
            return await log.ReadHeadAsync(dataset, CancellationToken.None);
        }
        catch (StorageUnavailableException)
        {
            // Nothing is known; the next poll asks again, and the pull itself tells the client.
            return null;
        }
    }
}
