using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace MyriadSync.DevStack.Tokens;

/// <summary>
/// Signs the tokens of a local stack. Its key is made on the first start and never leaves the data folder; the app learns the
/// public half through the same setting in which an organisation names its own keys, so the app has no special case for us.
/// </summary>
public sealed class DevTokens : IDisposable
{
    /// <summary>The <c>iss</c> of every token.</summary>
    public const string Issuer = "myriadsync-local";

    /// <summary>The <c>aud</c> of every token.</summary>
    public const string Audience = "myriadsync";

    private static readonly JsonWebTokenHandler Handler = new() { SetDefaultTimesOnTokenCreation = false };
    private readonly ECDsa _key;
    private readonly TimeProvider _time;
    private readonly SigningCredentials _credentials;

    private DevTokens(ECDsa key, TimeProvider time)
    {
        _key = key;
        _time = time;
        var thumbprint = Base64UrlEncoder.Encode(SHA256.HashData(key.ExportSubjectPublicKeyInfo()).AsSpan(0, 9).ToArray());
        // Signature providers are cached for the process by key id, and a stack that is started again has the same key in a new object.
        _credentials = new SigningCredentials(new ECDsaSecurityKey(key) { KeyId = thumbprint }, SecurityAlgorithms.EcdsaSha256)
        {
            CryptoProviderFactory = new CryptoProviderFactory { CacheSignatureProviders = false },
        };
    }

    /// <summary>The public key as a JWK set.</summary>
    public string KeySet
    {
        get
        {
            var point = _key.ExportParameters(includePrivateParameters: false).Q;
            var key = new JsonObject
            {
                ["kty"] = "EC",
                ["crv"] = "P-256",
                ["x"] = Base64UrlEncoder.Encode(point.X),
                ["y"] = Base64UrlEncoder.Encode(point.Y),
                ["kid"] = _credentials.Key.KeyId,
                ["use"] = "sig",
                ["alg"] = SecurityAlgorithms.EcdsaSha256,
            };
            return new JsonObject { ["keys"] = new JsonArray(key) }.ToJsonString();
        }
    }

    /// <summary>With the key of <paramref name="file"/>, which is made if it is not there; null: a key for this object's life.</summary>
    public static DevTokens Open(string? file, TimeProvider time)
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        if (file is null)
            return new DevTokens(key, time);

        if (File.Exists(file))
            key.ImportFromPem(File.ReadAllText(file));
        else
            WritePrivate(file, key.ExportPkcs8PrivateKeyPem());
        return new DevTokens(key, time);
    }

    /// <summary>A signed token.</summary>
    public string Create(DevTokenRequest request)
    {
        var now = _time.GetUtcNow().ToUnixTimeSeconds();
        var claims = new JsonObject
        {
            ["iss"] = Issuer,
            ["aud"] = Audience,
            ["sub"] = request.Sub,
            ["roles"] = ArrayOf(request.Roles),
            ["datasets"] = ArrayOf(request.Datasets),
            ["nbf"] = now + Math.Min(0, request.ExpiresIn),
            ["iat"] = now,
            ["exp"] = now + request.ExpiresIn,
        };
        return Handler.CreateToken(claims.ToJsonString(), _credentials);
    }

    /// <inheritdoc />
    public void Dispose() => _key.Dispose();

    private static JsonArray ArrayOf(IEnumerable<string> values) => [.. values.Select(value => (JsonNode)value)];

    private static void WritePrivate(string file, string pem)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var writer = new StreamWriter(file, options);
        writer.Write(pem);
    }
}
