using Microsoft.Extensions.DependencyInjection;
using MyriadSync.Pipeline.Transform;

namespace MyriadSync.Configuration;

/// <summary>Registers code that store files refer to by name.</summary>
public static class TransformerRegistration
{
    /// <summary>Registers a transformer under the name that store files give as <c>transformer</c>.</summary>
    /// <param name="services">The services of the app.</param>
    /// <param name="name">Its name; each may be registered once.</param>
    /// <param name="transformer">Pure code, used by many threads at once.</param>
    public static IServiceCollection AddChangeTransformer(this IServiceCollection services, string name, IChangeTransformer transformer) =>
        services.AddSingleton(new NamedTransformer(name, transformer));
}
