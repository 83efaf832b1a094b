namespace MyriadSync.Orchestration;

/// <summary>
/// Keeps it to one catching-up applier per dataset over all instances. It saves work and is no lock: appliers that overlap, because a lease ran out,
/// write the same cells with the same timestamps.
/// </summary>
internal interface IApplierLease
{
    /// <summary>The lease, given back by disposing of it; null: another one has it.</summary>
    Task<IAsyncDisposable?> TryAcquireAsync(string dataset, CancellationToken cancellationToken);
}
