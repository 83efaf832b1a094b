using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using MyriadSync.Configuration;
using MyriadSync.Security;

namespace MyriadSync.UnitTests.Security;

public class AuthOptionsValidatorTests
{
    private const string EcPublic = """{"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}""";
    private const string EcPrivate = """{"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0","d":"jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI"}""";

    [Theory]
    [InlineData(null, null, "without either no token can be checked")]
    [InlineData("{\"keys\":[X]}", "https://issuer.example", "not both")]
    [InlineData(null, "http://issuer.example", "must be an https address")]
    [InlineData(null, "issuer.example", "must be an https address")]
    [InlineData("nonsense", null, "not the JSON text")]
    [InlineData("{\"keys\":[]}", null, "holds no key")]
    [InlineData("{\"keys\":[{\"kty\":\"oct\",\"k\":\"c2VjcmV0\"}]}", null, "only EC and RSA")]
    [InlineData("{\"keys\":[P]}", null, "private key")]
    [InlineData("{\"keys\":[X]}", null, null)]
    [InlineData(null, "https://issuer.example", null)]
    [InlineData(null, "http://127.0.0.1:5000", null)]
    public void Start_Keys_MustBeUsable(string? keys, string? authority, string? fault)
    {
        var values = new Dictionary<string, string?>
        {
            ["Auth:Issuer"] = "i",
            ["Auth:Audience"] = "a",
            ["Auth:Keys"] = keys?.Replace("X", EcPublic, StringComparison.Ordinal).Replace("P]", EcPrivate + "]", StringComparison.Ordinal),
            ["Auth:Authority"] = authority,
        };

        var error = Record.Exception(() => Build(values).GetRequiredService<IOptions<AuthOptions>>().Value);

        if (fault is null)
            Assert.Null(error);
        else
            Assert.Contains(fault, Assert.IsType<OptionsValidationException>(error).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Start_PatternsThatMeet_AreRefused()
    {
        var values = new Dictionary<string, string?>
        {
            ["Auth:Issuer"] = "i",
            ["Auth:Audience"] = "a",
            ["Auth:Authority"] = "https://issuer.example",
            ["Auth:DatasetPatterns:0"] = "user-{sub}",
            ["Auth:DatasetPatterns:1"] = "user-{sub}-todos",
        };

        var error = Assert.Throws<OptionsValidationException>(() => Build(values).GetRequiredService<IOptions<AuthOptions>>().Value);

        Assert.Contains("for two users", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Start_NoIssuerOrAudience_IsRefused()
    {
        var values = new Dictionary<string, string?> { ["Auth:Authority"] = "https://issuer.example" };

        var error = Assert.Throws<OptionsValidationException>(() => Build(values).GetRequiredService<IOptions<AuthOptions>>().Value);

        Assert.Equal(2, error.Failures.Count());
    }

    [Fact]
    public async Task Start_KeysAsText_CheckTokensSignedWithThem()
    {
        using var factory = new TokenFactory();
        var jwk = Microsoft.IdentityModel.Tokens.JsonWebKeyConverter.ConvertFromECDsaSecurityKey(factory.Key);
        var values = new Dictionary<string, string?>
        {
            ["Auth:Issuer"] = factory.Options.Issuer,
            ["Auth:Audience"] = factory.Options.Audience,
            ["Auth:Keys"] = $$"""{"keys":[{"kty":"EC","kid":"k1","crv":"{{jwk.Crv}}","x":"{{jwk.X}}","y":"{{jwk.Y}}"}]}""",
        };

        var validator = Build(values, factory.Time).GetRequiredService<ITokenValidator>();

        Assert.Equal("ada", (await validator.ValidateAsync(factory.Token(), TestContext.Current.CancellationToken)).Caller?.Sub);
    }

    private static ServiceProvider Build(Dictionary<string, string?> values, TimeProvider? time = null) =>
        new ServiceCollection()
            .AddSingleton(time ?? TimeProvider.System)
            .AddTokenValidation(new ConfigurationBuilder().AddInMemoryCollection(values).Build())
            .BuildServiceProvider();
}
