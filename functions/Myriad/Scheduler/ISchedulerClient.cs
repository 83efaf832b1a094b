namespace MyriadSync.Myriad.Scheduler;

/// <summary>The Myriad scheduler, as far as health shows it.</summary>
public interface ISchedulerClient
{
    /// <summary>Asks the schedulers in their order until one answers. What goes wrong is a value.</summary>
    /// <param name="cancellationToken">Gives up waiting.</param>
    Task<SchedulerHealth> CheckAsync(CancellationToken cancellationToken);
}
