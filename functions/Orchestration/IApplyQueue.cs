namespace MyriadSync.Orchestration;

/// <summary>The queue of datasets that the cluster is behind on.</summary>
internal interface IApplyQueue
{
    /// <summary>Sends a message that shows after <paramref name="delay"/>. Sending twice costs a look at the log, no more.</summary>
    Task SendAsync(ApplyMessage message, TimeSpan delay, CancellationToken cancellationToken);
}
