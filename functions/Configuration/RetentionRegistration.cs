using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using MyriadSync.Orchestration;
using MyriadSync.Retention;

namespace MyriadSync.Configuration;

/// <summary>Registers what lets the service forget.</summary>
internal static class RetentionRegistration
{
    public static IServiceCollection AddRetention(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<RetentionOptions>().Bind(configuration.GetSection("Retention")).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<TombstonePurge>();
        services.AddSingleton<RetentionStage>();
        services.AddSingleton<OrphanedBatches>();
        return services;
    }
}
