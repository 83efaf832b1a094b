using Microsoft.Extensions.DependencyInjection;
using MyriadSync.Orchestration.Rebuild;

namespace MyriadSync.Configuration;

/// <summary>Begins logs anew over what the cluster has, with the services of an app that is built and not started.</summary>
public static class RebuildOperation
{
    /// <summary>Rebuilds logs. Stopped anywhere, it is finished by running it again.</summary>
    /// <param name="services">The app's services.</param>
    /// <param name="dataset">The dataset; null: all that the log or the cluster knows.</param>
    /// <param name="alone">True: no instance of the app runs, for sure. False: those that do are given time to show.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="Contracts.StorageUnavailableException">Storage does not answer.</exception>
    public static Task<RebuildAnswer> RebuildLogsAsync(this IServiceProvider services, string? dataset, bool alone, CancellationToken cancellationToken = default) =>
        services.GetRequiredService<LogRebuilder>().RebuildAsync(dataset, alone ? TimeSpan.Zero : LogRebuilder.Grace, cancellationToken);
}
