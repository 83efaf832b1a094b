using Microsoft.Extensions.DependencyInjection;
using MyriadSync.Pipeline.Transform.Migrations;

namespace MyriadSync.Configuration;

/// <summary>Registers migrations in code that store files refer to by name.</summary>
public static class MigrationRegistration
{
    /// <summary>Registers a migration under the name that store files give as <c>code</c>.</summary>
    /// <param name="services">The services of the app.</param>
    /// <param name="name">Its name; each may be registered once.</param>
    /// <param name="migration">Pure code, used by many threads at once.</param>
    public static IServiceCollection AddStoreMigration(this IServiceCollection services, string name, IStoreMigration migration) =>
        services.AddSingleton(new NamedMigration(name, migration));
}
