using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace MyriadSync.Myriad.Scheduler;

/// <summary>Makes the Myriad scheduler known, if the configuration names one.</summary>
public static class SchedulerServiceCollectionExtensions
{
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(5);

    /// <summary>Registers <see cref="ISchedulerClient"/> from the section <see cref="SchedulerOptions.Section"/>, which is checked at start and may be absent.</summary>
    /// <param name="services">The services of the app.</param>
    /// <param name="configuration">The whole configuration.</param>
    public static IServiceCollection AddMyriadScheduler(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<SchedulerOptions>().Bind(configuration.GetSection(SchedulerOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<SchedulerOptions>, SchedulerOptionsValidator>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<SchedulerConnections>();
        services.AddSingleton<ISchedulerClient>(provider => new MyriadSchedulerClient(
            provider.GetRequiredService<SchedulerConnections>().Handler,
            provider.GetRequiredService<IOptions<SchedulerOptions>>().Value,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<MyriadSchedulerClient>>()));
        return services;
    }

    /// <summary>Owns the handler for as long as the app lives.</summary>
    private sealed class SchedulerConnections : IDisposable
    {
        public SocketsHttpHandler Handler { get; } = new() { PooledConnectionLifetime = ConnectionLifetime, AllowAutoRedirect = false, UseCookies = false };

        public void Dispose() => Handler.Dispose();
    }
}
