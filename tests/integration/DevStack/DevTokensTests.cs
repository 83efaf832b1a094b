using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using MyriadSync.DevStack.Tokens;

namespace MyriadSync.IntegrationTests.DevStack;

public sealed class DevTokensTests
{
    [Fact]
    public async Task Create_Token_HoldsUnderThePublishedKeys()
    {
        using var tokens = DevTokens.Open(null, TimeProvider.System);

        var token = tokens.Create(new DevTokenRequest { Sub = "ada", Roles = ["read"], Datasets = ["notes", "maps"] });

        var result = await ValidateAsync(tokens, token);
        Assert.True(result.IsValid, result.Exception?.Message);
        using var payload = JsonDocument.Parse(Base64UrlEncoder.Decode(token.Split('.')[1]));
        Assert.Equal("ada", payload.RootElement.GetProperty("sub").GetString());
        Assert.Equal("""["read"]""", payload.RootElement.GetProperty("roles").GetRawText());
        Assert.Equal("""["notes","maps"]""", payload.RootElement.GetProperty("datasets").GetRawText());
    }

    [Fact]
    public async Task Create_NegativeExpiry_IsOver()
    {
        using var tokens = DevTokens.Open(null, TimeProvider.System);

        var result = await ValidateAsync(tokens, tokens.Create(new DevTokenRequest { ExpiresIn = -3600 }));

        Assert.IsType<SecurityTokenExpiredException>(result.Exception);
    }

    [Fact]
    public async Task Open_SameFile_AcceptsTheTokensOfTheRunBefore()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "sub", "key.pem");
        string token;
        using (var before = DevTokens.Open(file, TimeProvider.System))
            token = before.Create(new DevTokenRequest());

        using var after = DevTokens.Open(file, TimeProvider.System);

        Assert.True((await ValidateAsync(after, token)).IsValid);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    [Fact]
    public async Task Open_AnotherStack_RefusesTheToken()
    {
        using var ours = DevTokens.Open(null, TimeProvider.System);
        using var theirs = DevTokens.Open(null, TimeProvider.System);

        var result = await ValidateAsync(ours, theirs.Create(new DevTokenRequest()));

        Assert.False(result.IsValid);
    }

    private static Task<TokenValidationResult> ValidateAsync(DevTokens tokens, string token) =>
        new JsonWebTokenHandler().ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = DevTokens.Issuer,
            ValidAudience = DevTokens.Audience,
            IssuerSigningKeys = new JsonWebKeySet(tokens.KeySet).GetSigningKeys(),
            ValidAlgorithms = ["ES256"],
            ClockSkew = TimeSpan.Zero,
        });
}
