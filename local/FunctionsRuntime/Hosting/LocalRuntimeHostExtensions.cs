using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using MyriadSync.FunctionsRuntime.Hosting;

namespace MyriadSync.FunctionsRuntime;

/// <summary>What tools and tests ask a running host.</summary>
public static class LocalRuntimeHostExtensions
{
    /// <summary>Where the host listens, with the port that was bound.</summary>
    /// <exception cref="InvalidOperationException">The host has not been started.</exception>
    public static Uri GetLocalAddress(this IHost host)
    {
        ArgumentNullException.ThrowIfNull(host);
        var address = host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault();
        return address is null ? throw new InvalidOperationException("The host has not been started.") : new(address);
    }

    /// <summary>The durable client of the host.</summary>
    /// <exception cref="InvalidOperationException">The host has not been started.</exception>
    public static DurableTaskClient GetDurableTaskClient(this IHost host)
    {
        ArgumentNullException.ThrowIfNull(host);
        return host.Services.GetRequiredService<RuntimeService>().Client;
    }
}
