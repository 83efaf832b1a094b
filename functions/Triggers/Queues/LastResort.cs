using Microsoft.Extensions.Logging;
using MyriadSync.Poison;

namespace MyriadSync.Triggers.Queues;

/// <summary>
/// Records messages of queues whose name ends in <c>-poison</c>. The host calls a function five times on such a message, and then neither calls it again
/// nor moves the message anywhere: it would lie there, and no operator would hear of it. So one that cannot be recorded now, because storage is away or the
/// message is of a newer version, goes back as a new message.
/// </summary>
internal static class LastResort
{
    /// <summary>How long it is until it is tried again.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMinutes(5);

    /// <summary>Records a message, or sends it back. Recording twice is recording once, so that a crash in between does no harm.</summary>
    /// <param name="queue">The queue that it lies on.</param>
    /// <param name="message">As it was sent, decoded.</param>
    /// <param name="record">Records it.</param>
    /// <param name="sweep">Sends it back; if that fails, the try counts as failed.</param>
    /// <param name="logger">Told why.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static async Task RecordAsync(string queue, ReadOnlyMemory<byte> message, Func<Task> record, IPoisonSweep sweep, ILogger logger, CancellationToken cancellationToken)
    {
        try
        {
            await record();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            QueueLogs.NotRecorded(logger, e, queue, Pause);
            await sweep.SendBackAsync(queue, message, Pause, cancellationToken);
        }
    }
}
