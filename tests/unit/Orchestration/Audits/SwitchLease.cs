using MyriadSync.Orchestration;

namespace MyriadSync.UnitTests.Orchestration.Audits;

/// <summary>A lease that is free, or not.</summary>
internal sealed class SwitchLease : IApplierLease
{
    /// <summary>Whether it can be had.</summary>
    public bool IsFree { get; set; } = true;

    /// <summary>Whether it is held.</summary>
    public bool IsHeld { get; private set; }

    /// <summary>The name that was asked for last.</summary>
    public string? Name { get; private set; }

    public Task<IAsyncDisposable?> TryAcquireAsync(string dataset, CancellationToken cancellationToken)
    {
        (Name, IsHeld) = (dataset, IsFree);
        return Task.FromResult<IAsyncDisposable?>(IsFree ? new Held(this) : null);
    }

    private sealed class Held(SwitchLease lease) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            lease.IsHeld = false;
            return ValueTask.CompletedTask;
        }
    }
}
