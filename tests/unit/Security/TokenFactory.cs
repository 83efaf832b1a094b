using System.Security.Cryptography;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using MyriadSync.Configuration;
using MyriadSync.Security;

namespace MyriadSync.UnitTests.Security;

/// <summary>An issuer with one key, and a validator that trusts it. Time stands at <see cref="Now"/>.</summary>
internal sealed class TokenFactory : IDisposable
{
    public static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    private readonly ECDsa _ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public FakeTimeProvider Time { get; } = new(Now);

    public AuthOptions Options { get; } = new() { Issuer = "https://issuer.example", Audience = "myriadsync" };

    public ECDsaSecurityKey Key => new(_ec) { KeyId = "k1" };

    public string PublicPem => _ec.ExportSubjectPublicKeyInfoPem();

    /// <summary>The claims of a token that holds.</summary>
    public static Dictionary<string, object> Claims() => new()
    {
        ["sub"] = "ada",
        ["roles"] = new[] { "read", "write" },
        ["datasets"] = new[] { "todos", "team-*" },
    };

    public JwtTokenValidator Validator(BaseConfigurationManager? keys = null) =>
        new(Microsoft.Extensions.Options.Options.Create(Options), keys ?? new StaticKeys([Key]), Time);

    public string Token(Action<SecurityTokenDescriptor>? change = null)
    {
        var descriptor = new SecurityTokenDescriptor
        {
            Issuer = Options.Issuer,
            Audience = Options.Audience,
            NotBefore = Now.UtcDateTime.AddMinutes(-5),
            Expires = Now.UtcDateTime.AddMinutes(5),
            Claims = Claims(),
            SigningCredentials = new SigningCredentials(Key, SecurityAlgorithms.EcdsaSha256),
        };
        change?.Invoke(descriptor);
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(descriptor);
    }

    public void Dispose() => _ec.Dispose();
}
