using Microsoft.Extensions.Options;
using MyriadSync.Security;

namespace MyriadSync.Configuration;

/// <summary>Refuses to start an app that could not check tokens, or would check them against something else than public keys.</summary>
internal sealed class AuthOptionsValidator : IValidateOptions<AuthOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, AuthOptions options)
    {
        string[] faults = [.. Faults(options)];
        return faults.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> Faults(AuthOptions options)
    {
        var (hasKeys, hasAuthority) = (!string.IsNullOrWhiteSpace(options.Keys), !string.IsNullOrWhiteSpace(options.Authority));
        if (!hasKeys && !hasAuthority)
            yield return "Auth: set Auth:Authority (an OpenID Connect issuer's address) or Auth:Keys (a JWK set); without either no token can be checked.";
        if (hasKeys && hasAuthority)
            yield return "Auth: set Auth:Authority or Auth:Keys, not both.";
        if (hasAuthority && !IsSafe(options.Authority!))
            yield return "Auth:Authority must be an https address (http only for a loopback address).";
        if (hasKeys && SigningKeys.Fault(options.Keys!) is { } keyFault)
            yield return $"Auth:Keys {keyFault}.";

        foreach (var fault in options.DatasetPatterns.Select(SubjectPattern.Fault).OfType<string>())
            yield return $"Auth:DatasetPatterns: {fault}.";
        for (var i = 0; i < options.DatasetPatterns.Count; i++)
        {
            foreach (var later in options.DatasetPatterns.Skip(i + 1).Where(later => SubjectPattern.Collide(options.DatasetPatterns[i], later)))
                yield return $"Auth:DatasetPatterns: '{options.DatasetPatterns[i]}' and '{later}' could name one dataset for two users.";
        }
    }

    private static bool IsSafe(string authority) =>
        Uri.TryCreate(authority, UriKind.Absolute, out var address)
        && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback));
}
