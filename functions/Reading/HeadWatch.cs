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

    private readonly ConcurrentDictionary<string, Lazy<Task<HeadRow?>>> _polls = new();

    /// <summary>Returns when the head is as wanted, or the time is over.</summary>
    public async Task WaitAsync(string dataset, Func<HeadRow, bool> wanted, TimeSpan atMost, CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var deadline = Task.Delay(atMost, time, over.Token);

        // The signal is asked for before the head is read, or a commit in between would go unnoticed until the next poll.
        var signal = signals.NextAsync(dataset);
        var poll = ReadAsync(dataset);
        for (; ; )
        {
            var first = await Task.WhenAny(poll, signal, deadline);
            if (first == deadline || (first == signal ? await signal : await poll) is { } head && wanted(head))
            {
                break;
            }

            (signal, poll) = first == signal ? (signals.NextAsync(dataset), poll) : (signal, NextPollAsync(dataset));
        }

        await over.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>The read that comes next serves everybody who waits for it.</summary>
    private Task<HeadRow?> NextPollAsync(string dataset) => _polls.GetOrAdd(dataset, name => new Lazy<Task<HeadRow?>>(() => PollAsync(name))).Value;

    private async Task<HeadRow?> PollAsync(string dataset)
    {
        await Task.Delay(PollInterval, time);

        // Before it reads: whoever asks from now on wants a later look.
        _polls.TryRemove(dataset, out _);
        return await ReadAsync(dataset);
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
