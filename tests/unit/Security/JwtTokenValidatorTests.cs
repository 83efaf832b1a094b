using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using MyriadSync.Security;

namespace MyriadSync.UnitTests.Security;

public sealed class JwtTokenValidatorTests : IDisposable
{
    private readonly TokenFactory _factory = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _factory.Dispose();

    [Fact]
    public async Task Validate_SoundToken_TellsTheCaller()
    {
        var reading = await _factory.Validator().ValidateAsync(_factory.Token(), Cancel);

        Assert.Equal((TokenFault.None, null), (reading.Fault, reading.Cause));
        Assert.Equal("ada", reading.Caller!.Sub);
        Assert.Equal(Role.Read | Role.Write, reading.Caller.Roles);
        Assert.True(reading.Caller.Datasets.Allows("todos"));
        Assert.True(reading.Caller.Datasets.Allows("team-7"));
        Assert.False(reading.Caller.Datasets.Allows("other"));
    }

    [Theory]
    [InlineData(5 * 60 + 59, TokenFault.None)]
    [InlineData(5 * 60 + 60, TokenFault.Expired)]
    public async Task Validate_EndOfLife_ComesWithASkewOfOneMinute(int seconds, TokenFault expected)
    {
        var token = _factory.Token();
        _factory.Time.Advance(TimeSpan.FromSeconds(seconds));

        var reading = await _factory.Validator().ValidateAsync(token, Cancel);

        Assert.Equal(expected, reading.Fault);
    }

    [Theory]
    [InlineData(60, TokenFault.None)]
    [InlineData(61, TokenFault.Invalid)]
    public async Task Validate_NotYetValid_ComesWithASkewOfOneMinute(int seconds, TokenFault expected)
    {
        var token = _factory.Token(descriptor => descriptor.NotBefore = TokenFactory.Now.UtcDateTime.AddSeconds(seconds));

        var reading = await _factory.Validator().ValidateAsync(token, Cancel);

        Assert.Equal(expected, reading.Fault);
    }

    [Theory]
    [InlineData("issuer")]
    [InlineData("no issuer")]
    [InlineData("audience")]
    [InlineData("no audience")]
    [InlineData("no end")]
    [InlineData("unsigned")]
    [InlineData("other key")]
    [InlineData("other key, same kid")]
    [InlineData("HS256 with the public key")]
    [InlineData("no sub")]
    [InlineData("empty sub")]
    [InlineData("numeric sub")]
    [InlineData("endless sub")]
    public async Task Validate_TokenWithAFault_DoesNotHold(string fault)
    {
        using var stranger = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var token = _factory.Token(descriptor =>
        {
            switch (fault)
            {
                case "issuer": descriptor.Issuer = "https://issuer.example/"; break;
                case "no issuer": descriptor.Issuer = null; break;
                case "audience": descriptor.Audience = "another"; break;
                case "no audience": descriptor.Audience = null; break;
                case "no end": descriptor.Expires = null; break;
                case "unsigned": descriptor.SigningCredentials = null; break;
                case "other key": Sign(descriptor, new ECDsaSecurityKey(stranger) { KeyId = "k2" }, SecurityAlgorithms.EcdsaSha256); break;
                case "other key, same kid": Sign(descriptor, new ECDsaSecurityKey(stranger) { KeyId = "k1" }, SecurityAlgorithms.EcdsaSha256); break;
                case "HS256 with the public key":
                    Sign(descriptor, new SymmetricSecurityKey(Encoding.ASCII.GetBytes(_factory.PublicPem)) { KeyId = "k1" }, SecurityAlgorithms.HmacSha256);
                    break;
                case "no sub": descriptor.Claims.Remove("sub"); break;
                case "empty sub": descriptor.Claims["sub"] = ""; break;
                case "numeric sub": descriptor.Claims["sub"] = 7; break;
                case "endless sub": descriptor.Claims["sub"] = new string('x', 257); break;
            }
        });

        var reading = await _factory.Validator().ValidateAsync(token, Cancel);

        Assert.Equal(TokenFault.Invalid, reading.Fault);
        Assert.Null(reading.Caller);
    }

    [Theory]
    [InlineData("")]
    [InlineData("junk")]
    [InlineData("a.b.c")]
    [InlineData("e30.e30.")]
    [InlineData("....")]
    [InlineData("eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZGEifQ.")]
    public async Task Validate_Junk_DoesNotHold(string token)
    {
        var reading = await _factory.Validator().ValidateAsync(token, Cancel);

        Assert.Equal(TokenFault.Invalid, reading.Fault);
    }

    [Fact]
    public async Task Validate_ChangedPayload_DoesNotHold()
    {
        var parts = _factory.Token().Split('.');
        var others = _factory.Token(descriptor => descriptor.Claims["sub"] = "bob").Split('.');

        var reading = await _factory.Validator().ValidateAsync($"{parts[0]}.{others[1]}.{parts[2]}", Cancel);

        Assert.Equal(TokenFault.Invalid, reading.Fault);
    }

    [Fact]
    public async Task Validate_TooLongToken_DoesNotHold()
    {
        var token = _factory.Token(descriptor => descriptor.Claims["more"] = new string('x', 8 * 1024));

        var reading = await _factory.Validator().ValidateAsync(token, Cancel);

        Assert.Equal(TokenFault.Invalid, reading.Fault);
    }

    [Theory]
    [InlineData(SecurityAlgorithms.RsaSha256)]
    [InlineData(SecurityAlgorithms.RsaSsaPssSha256)]
    public async Task Validate_Rsa_Holds(string algorithm)
    {
        using var rsa = RSA.Create(2048);
        var key = new RsaSecurityKey(rsa) { KeyId = "r1" };
        var token = _factory.Token(descriptor => Sign(descriptor, key, algorithm));

        var reading = await _factory.Validator(new StaticKeys([key])).ValidateAsync(token, Cancel);

        Assert.Equal(TokenFault.None, reading.Fault);
    }

    [Fact]
    public async Task Validate_UnknownKid_FetchesTheKeysAnew()
    {
        var keys = new RotatingKeys([], [_factory.Key]);

        var reading = await _factory.Validator(keys).ValidateAsync(_factory.Token(), Cancel);

        Assert.Equal(TokenFault.None, reading.Fault);
        Assert.Equal(1, keys.Refreshes);
    }

    [Fact]
    public async Task Validate_KeysCannotBeFetched_IsNoFaultOfTheToken()
    {
        var reading = await _factory.Validator(new RotatingKeys(null, [])).ValidateAsync(_factory.Token(), Cancel);

        Assert.Equal(TokenFault.KeysUnavailable, reading.Fault);
    }

    [Fact]
    public async Task Validate_RolesAsOneText_AreSplitAndUnknownOnesGiveNothing()
    {
        var token = _factory.Token(descriptor =>
        {
            descriptor.Claims["roles"] = "read operate admin";
            descriptor.Claims["datasets"] = "one two-*";
        });

        var caller = (await _factory.Validator().ValidateAsync(token, Cancel)).Caller!;

        Assert.Equal(Role.Read | Role.Operate, caller.Roles);
        Assert.True(caller.Datasets.Allows("one") && caller.Datasets.Allows("two-2") && !caller.Datasets.Allows("two"));
    }

    [Fact]
    public async Task Validate_ClaimsOfAnotherType_GiveNothing()
    {
        var token = _factory.Token(descriptor =>
        {
            descriptor.Claims["roles"] = new Dictionary<string, object> { ["read"] = true };
            descriptor.Claims["datasets"] = new object[] { 7, true };
        });

        var caller = (await _factory.Validator().ValidateAsync(token, Cancel)).Caller!;

        Assert.Equal(Role.None, caller.Roles);
        Assert.False(caller.Datasets.Allows("7"));
    }

    [Fact]
    public async Task Validate_SubPattern_GivesTheUsersOwnDataset()
    {
        _factory.Options.DatasetPatterns.Add("user-{sub}");
        var token = _factory.Token(descriptor => descriptor.Claims["sub"] = "ada@x");

        var caller = (await _factory.Validator().ValidateAsync(token, Cancel)).Caller!;

        Assert.True(caller.Datasets.Allows("user-ada.40x"));
        Assert.False(caller.Datasets.Allows("user-ada"));
    }

    [Fact]
    public async Task Validate_ConfiguredClaims_AreRead()
    {
        _factory.Options.RolesClaim = "scope";
        var token = _factory.Token(descriptor => descriptor.Claims["scope"] = "operate");

        var caller = (await _factory.Validator().ValidateAsync(token, Cancel)).Caller!;

        Assert.Equal(Role.Operate, caller.Roles);
    }

    private static void Sign(SecurityTokenDescriptor descriptor, SecurityKey key, string algorithm) =>
        descriptor.SigningCredentials = new SigningCredentials(key, algorithm);

    /// <summary>Discovery that gives other keys after a refresh; null: it does not answer.</summary>
    private sealed class RotatingKeys(SecurityKey[]? before, SecurityKey[] after) : BaseConfigurationManager
    {
        public int Refreshes { get; private set; }

        public override Task<BaseConfiguration> GetBaseConfigurationAsync(CancellationToken cancel)
        {
            if (before is null)
                throw new InvalidOperationException("no answer");
            var configuration = new OpenIdConnectConfiguration();
            foreach (var key in Refreshes > 0 ? after : before)
                configuration.SigningKeys.Add(key);
            return Task.FromResult<BaseConfiguration>(configuration);
        }

        public override void RequestRefresh() => Refreshes++;
    }
}
