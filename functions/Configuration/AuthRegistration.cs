using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using MyriadSync.Security;

namespace MyriadSync.Configuration;

/// <summary>Registers what checks tokens.</summary>
internal static class AuthRegistration
{
    private static readonly TimeSpan DiscoveryTimeout = TimeSpan.FromSeconds(10);

    /// <summary>Options (section <c>Auth</c>), key source and token validator.</summary>
    public static IServiceCollection AddTokenValidation(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptions<AuthOptions>().Bind(configuration.GetSection("Auth")).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IValidateOptions<AuthOptions>, AuthOptionsValidator>();
        services.AddSingleton(provider => KeySource(provider.GetRequiredService<IOptions<AuthOptions>>().Value));
        services.AddSingleton<ITokenValidator, JwtTokenValidator>();
        return services;
    }

    private static BaseConfigurationManager KeySource(AuthOptions options)
    {
        if (options.Authority is not { Length: > 0 } authority)
            return new StaticKeys(SigningKeys.Parse(options.Keys!));

        var client = new HttpClient { Timeout = DiscoveryTimeout, MaxResponseContentBufferSize = 1024 * 1024 };
        return new ConfigurationManager<OpenIdConnectConfiguration>(
            authority.TrimEnd('/') + "/.well-known/openid-configuration",
            new OpenIdConnectConfigurationRetriever(),
            new HttpDocumentRetriever(client) { RequireHttps = !new Uri(authority).IsLoopback });
    }
}
