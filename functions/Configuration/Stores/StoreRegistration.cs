using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using MyriadSync.Contracts.Stores;
using MyriadSync.Myriad;
using MyriadSync.Pipeline.Transform;
using MyriadSync.Pipeline.Transform.Migrations;
using MyriadSync.Security;
using MyriadSync.Triggers.Http;

namespace MyriadSync.Configuration.Stores;

/// <summary>Registers what store files say.</summary>
internal static class StoreRegistration
{
    /// <summary>Section <c>Stores</c>, the catalog of its files, and the check of values against their schemas.</summary>
    public static IServiceCollection AddStores(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<StoreOptions>().Bind(configuration.GetSection("Stores")).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IValidateOptions<StoreOptions>, StoreOptionsValidator>();
        services.AddSingleton<IStoreCatalog>(provider =>
        {
            var options = provider.GetRequiredService<IOptions<StoreOptions>>();
            return new StoreCatalog(StoreFiles.Load(options.Value, provider.GetRequiredService<IOptions<TableMapOptions>>().Value).Stores, options);
        });
        services.AddSingleton<SchemaChecker>();
        services.AddSingleton(provider => new StoreMigrator(
            provider.GetRequiredService<IStoreCatalog>(), provider.GetRequiredService<IOptions<StoreOptions>>().Value, provider.GetServices<NamedMigration>()));
        services.AddSingleton<ISchemaVersions>(provider => provider.GetRequiredService<StoreMigrator>());
        services.AddSingleton<SchemaGate>();
        services.AddSingleton<StoreGate>();
        return services;
    }
}
