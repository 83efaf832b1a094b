using Microsoft.Extensions.DependencyInjection;
using MyriadSync.Contracts.Resolvers;
using MyriadSync.Contracts.Stores;
using MyriadSync.Pipeline.Resolve;
using MyriadSync.Pipeline.Transform;

namespace MyriadSync.Configuration;

/// <summary>Registers an app's own conflict resolvers.</summary>
public static class ConflictResolverRegistration
{
    /// <summary>Registers a resolver under the name by which store files ask for it (<c>"policy": "custom", "resolver": name</c>).</summary>
    /// <param name="services">The services.</param>
    /// <param name="name">The name; the last one registered under it counts.</param>
    /// <param name="resolver">The resolver. Pure, and safe to call from several threads.</param>
    public static IServiceCollection AddConflictResolver(this IServiceCollection services, string name, IConflictResolver resolver) =>
        services.AddKeyedSingleton(name, resolver);

    /// <inheritdoc cref="AddConflictResolver(IServiceCollection, string, IConflictResolver)"/>
    /// <typeparam name="TResolver">The resolver, made once, with what it needs from the services.</typeparam>
    public static IServiceCollection AddConflictResolver<TResolver>(this IServiceCollection services, string name)
        where TResolver : class, IConflictResolver =>
        services.AddKeyedSingleton<IConflictResolver, TResolver>(name);

    internal static IServiceCollection AddPolicies(this IServiceCollection services)
    {
        services.AddSingleton(provider => new PolicyCatalog(
            provider.GetRequiredService<IStoreCatalog>(), name => provider.GetKeyedService<IConflictResolver>(name)));
        services.AddSingleton(provider => new BatchResolver(provider.GetRequiredService<PolicyCatalog>().Of, provider.GetRequiredService<IValueShaper>()));
        services.AddHostedService<ConflictResolverCheck>();
        return services;
    }
}
