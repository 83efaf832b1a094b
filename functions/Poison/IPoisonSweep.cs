namespace MyriadSync.Poison;

/// <summary>Takes messages that their function could not process off the built-in <c>-poison</c> queues, and sends them back on request.</summary>
internal interface IPoisonSweep
{
    /// <summary>Records a message, whatever it is. Two copies of it are one entry.</summary>
    /// <param name="queue">The queue that its function reads.</param>
    /// <param name="content">As it was sent, decoded.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task SweepAsync(string queue, ReadOnlyMemory<byte> content, CancellationToken cancellationToken);

    /// <summary>Sends a message to its queue again. Its function bears to see it twice.</summary>
    /// <param name="queue">The queue.</param>
    /// <param name="content">As it was sent, decoded.</param>
    /// <param name="after">How long it is hidden.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task SendBackAsync(string queue, ReadOnlyMemory<byte> content, TimeSpan after, CancellationToken cancellationToken);
}
