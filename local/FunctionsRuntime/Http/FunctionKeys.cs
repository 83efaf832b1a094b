using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace MyriadSync.FunctionsRuntime.Http;

/// <summary>The keys that requests carry in <c>x-functions-key</c> or <c>?code=</c>.</summary>
internal sealed class FunctionKeys(string? functionKey, string? adminKey)
{
    /// <summary>Whether a request may call a function of a level. Without a configured key, none may that needs one.</summary>
    public bool Allow(AuthorizationLevel level, HttpRequest request)
    {
        if (level == AuthorizationLevel.Anonymous)
            return true;
        var given = request.Headers["x-functions-key"].ToString() is { Length: > 0 } header ? header : request.Query["code"].ToString();
        return Equal(given, adminKey) || (level is AuthorizationLevel.Function or AuthorizationLevel.User && Equal(given, functionKey));
    }

    private static bool Equal(string given, string? key) =>
        !string.IsNullOrEmpty(key) && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(key));
}
