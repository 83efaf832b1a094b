using Microsoft.Extensions.Options;

namespace MyriadSync.Myriad.HBase;

/// <summary>Names the setting that is wrong and what it should be. Never prints a secret.</summary>
internal sealed class HBaseOptionsValidator : IValidateOptions<HBaseOptions>
{
    public ValidateOptionsResult Validate(string? name, HBaseOptions options)
    {
        List<string> failures = [];
        if (options.Endpoints.Count == 0)
            failures.Add($"{HBaseOptions.Section}:Endpoints is empty: name at least one HBase REST gateway, as in {HBaseOptions.Section}:Endpoints:0 = http://127.0.0.1:8080.");
        foreach (var endpoint in options.Endpoints)
            failures.AddRange(EndpointFailures(endpoint, options.Credentials));

        Range(failures, "Timeout", options.Timeout, TimeSpan.FromSeconds(0.1), TimeSpan.FromSeconds(30));
        Range(failures, "AdminTimeout", options.AdminTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5));
        Range(failures, "MaxParallelRequests", options.MaxParallelRequests, 1, 64);
        Range(failures, "MaxUrlLength", options.MaxUrlLength, 3000, 60_000);
        failures.AddRange(CredentialFailures(options.Credentials));
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static IEnumerable<string> EndpointFailures(Uri endpoint, HBaseCredentials credentials)
    {
        if (!endpoint.IsAbsoluteUri || endpoint.Scheme is not ("http" or "https"))
            yield return $"{HBaseOptions.Section}:Endpoints holds '{endpoint}', which is no http or https address.";
        else if (endpoint.Query.Length > 0 || endpoint.Fragment.Length > 0 || endpoint.UserInfo.Length > 0)
            yield return $"{HBaseOptions.Section}:Endpoints holds an address at {endpoint.Authority} with a user, a query or a fragment: only a base path is allowed.";
        else if (credentials.Kind != HBaseCredentialKind.None && endpoint.Scheme == "http" && !endpoint.IsLoopback)
            yield return $"{HBaseOptions.Section}:Credentials would go to {endpoint.Authority} in the clear: use https.";
    }

    private static IEnumerable<string> CredentialFailures(HBaseCredentials credentials)
    {
        if (credentials.Kind == HBaseCredentialKind.Basic && (string.IsNullOrEmpty(credentials.User) || credentials.User.Contains(':') || string.IsNullOrEmpty(credentials.Password)))
            yield return $"{HBaseOptions.Section}:Credentials of kind Basic need a User without a colon, and a Password.";
        if (credentials.Kind == HBaseCredentialKind.Bearer && string.IsNullOrEmpty(credentials.Token))
            yield return $"{HBaseOptions.Section}:Credentials of kind Bearer need a Token.";
    }

    private static void Range<T>(List<string> failures, string setting, T value, T least, T most)
        where T : IComparable<T>
    {
        if (value.CompareTo(least) < 0 || value.CompareTo(most) > 0)
            failures.Add($"{HBaseOptions.Section}:{setting} is {value}: it must lie between {least} and {most}.");
    }
}
