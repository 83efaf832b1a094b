using Microsoft.Extensions.DependencyInjection;
using MyriadSync.Orchestration.Remap;

namespace MyriadSync.Configuration;

/// <summary>Lays a store's rows out by another mapping, with the services of an app that is built and not started.</summary>
public static class RemapOperation
{
    /// <summary>Remaps a store to the mapping of this configuration. Stopped anywhere, it is finished by running it again.</summary>
    /// <param name="services">The app's services.</param>
    /// <param name="store">The store.</param>
    /// <param name="alone">True: no instance of the app runs, for sure. False: those that do are given time to notice.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="Contracts.StorageUnavailableException">Storage does not answer.</exception>
    public static Task<RemapAnswer> RemapStoreAsync(this IServiceProvider services, string store, bool alone, CancellationToken cancellationToken = default) =>
        services.GetRequiredService<StoreRemapper>().RemapAsync(store, alone ? TimeSpan.Zero : StoreRemapper.Grace, cancellationToken);
}
