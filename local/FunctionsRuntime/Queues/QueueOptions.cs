namespace MyriadSync.FunctionsRuntime.Queues;

/// <summary>host.json <c>extensions.queues</c>, with the defaults of the genuine host.</summary>
internal sealed record QueueOptions
{
    private const int LargestBatch = 32;

    /// <summary>Messages fetched at a time, 1 to 32.</summary>
    public int BatchSize { get; init; } = 16;

    /// <summary>A new batch is fetched when no more than this many messages are being worked on.</summary>
    public int NewBatchThreshold { get; init; } = 8 * Environment.ProcessorCount;

    /// <summary>Tries before a message is moved to the poison queue.</summary>
    public int MaxDequeueCount { get; init; } = 5;

    /// <summary>Wait between the tries of a message.</summary>
    public TimeSpan VisibilityTimeout { get; init; } = TimeSpan.Zero;

    /// <summary>Longest wait between two looks at an empty queue.</summary>
    public TimeSpan MaxPollingInterval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Whether messages are base64 on the queue.</summary>
    public bool UseBase64 { get; init; } = true;

    /// <summary>Refuses what the genuine host refuses.</summary>
    public void Demand()
    {
        if (BatchSize is < 1 or > LargestBatch)
            throw new InvalidOperationException($"host.json: extensions.queues.batchSize is {BatchSize}; it must be 1 to {LargestBatch}.");
        if (NewBatchThreshold < 0 || MaxDequeueCount < 1)
            throw new InvalidOperationException("host.json: extensions.queues.newBatchThreshold must not be negative, and maxDequeueCount at least 1.");
        if (VisibilityTimeout < TimeSpan.Zero || MaxPollingInterval < QueuePolling.ShortestInterval)
            throw new InvalidOperationException("host.json: extensions.queues.visibilityTimeout must not be negative, and maxPollingInterval at least 100 ms.");
    }
}
