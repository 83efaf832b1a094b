using Microsoft.AspNetCore.Cors.Infrastructure;

namespace MyriadSync.DevStack.Apps;

/// <summary>Lets pages of this machine call the app from any port: a development server takes the one that is free.</summary>
internal static class LocalCors
{
    private static readonly string[] Exposed = ["Location", "Retry-After", "Preference-Applied", "ETag"];

    /// <summary>The policy: <c>http://localhost:*</c> and <c>http://127.0.0.1:*</c>.</summary>
    public static void Allow(CorsPolicyBuilder policy) => policy
        .SetIsOriginAllowed(origin => Uri.TryCreate(origin, UriKind.Absolute, out var uri) && uri.Scheme == "http" && uri.Host is ("localhost" or "127.0.0.1"))
        .AllowAnyHeader()
        .AllowAnyMethod()
        // Tokens go in a header, but some clients, rxdb-server's for one, ask for cookies to be sent whether there are any or not.
        .AllowCredentials()
        .WithExposedHeaders(Exposed)
        .SetPreflightMaxAge(TimeSpan.FromHours(1));
}
