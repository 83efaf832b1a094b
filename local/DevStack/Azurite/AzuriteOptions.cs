namespace MyriadSync.DevStack.Azurite;

/// <summary>Where one Azurite keeps its data and listens. A port of 0 means: take a free one.</summary>
public sealed record AzuriteOptions
{
    /// <summary>Folder of the data, made if it is not there; null keeps everything in memory until the process stops.</summary>
    public string? Folder { get; init; }

    /// <summary>TCP port of the blob service on 127.0.0.1.</summary>
    public int BlobPort { get; init; }

    /// <summary>TCP port of the queue service on 127.0.0.1.</summary>
    public int QueuePort { get; init; }

    /// <summary>TCP port of the table service on 127.0.0.1.</summary>
    public int TablePort { get; init; }

    /// <summary>Storage accounts it has. They share nothing, so each test's app has queues and tables of its own on one process.</summary>
    public int Accounts { get; init; } = 1;
}
