using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace MyriadSync.Security;

/// <summary>A JWK set given as text. Only public keys: what signs tokens has no business in the app's settings.</summary>
internal static class SigningKeys
{
    private const int MinRsaBits = 2048;

    /// <summary>Why the text cannot be used; null when it can. Never repeats the text.</summary>
    public static string? Fault(string jwks)
    {
        IList<JsonWebKey> keys;
        try
        {
            keys = new JsonWebKeySet(jwks).Keys;
        }
        catch (Exception exception) when (exception is ArgumentException or JsonException)
        {
            return "is not the JSON text of a JWK set";
        }

        if (keys.Count == 0)
            return "holds no key";
        if (keys.Any(key => key.Kty is not ("EC" or "RSA")))
            return "may hold only EC and RSA keys";
        if (keys.Any(key => key.HasPrivateKey))
            return "holds a private key: give the public part only";
        return keys.Any(key => key.Kty == "RSA" && key.KeySize < MinRsaBits) ? $"holds an RSA key below {MinRsaBits} bits" : null;
    }

    /// <summary>The keys of a text without <see cref="Fault"/>.</summary>
    public static IReadOnlyList<SecurityKey> Parse(string jwks) => [.. new JsonWebKeySet(jwks).GetSigningKeys()];
}
