using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using MyriadSync.Configuration;

namespace MyriadSync.Security;

/// <summary>
/// Checks JSON Web Tokens: signed with an asymmetric algorithm by one of the issuer's keys, for this audience, within their time. Keys from discovery are
/// fetched anew when a token names an unknown one.
/// </summary>
internal sealed class JwtTokenValidator : ITokenValidator
{
    /// <summary>Longest token, in characters.</summary>
    public const int MaxChars = 8 * 1024;

    /// <summary>A public key is public: an algorithm that takes it for a secret (HS…) or does without (none) must never be accepted.</summary>
    private static readonly string[] Algorithms =
    [
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
    ];

    private static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(60);

    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false, MaximumTokenSizeInBytes = MaxChars };
    private readonly BaseConfigurationManager _keys;
    private readonly TokenValidationParameters _parameters;
    private readonly CallerReader _callers;
    private readonly TimeProvider _time;

    public JwtTokenValidator(IOptions<AuthOptions> options, BaseConfigurationManager keys, TimeProvider time)
    {
        (_keys, _time, _callers) = (keys, time, new CallerReader(options.Value));
        _parameters = new TokenValidationParameters
        {
            ConfigurationManager = keys,
            LifetimeValidator = IsWithinItsTime,
            RequireExpirationTime = true,
            RequireSignedTokens = true,
            ValidAlgorithms = Algorithms,
            ValidAudience = options.Value.Audience,
            ValidIssuer = options.Value.Issuer,
            ValidateIssuerSigningKey = true,
        };
    }

    /// <inheritdoc/>
    public async Task<TokenReading> ValidateAsync(string token, CancellationToken cancellationToken)
    {
        if (token.Length > MaxChars)
            return Invalid("TokenTooLong");
        if (!await HasKeysAsync(cancellationToken))
            return new TokenReading { Fault = TokenFault.KeysUnavailable, Cause = "Discovery" };

        var result = await _handler.ValidateTokenAsync(token, _parameters);
        if (!result.IsValid)
            return result.Exception is SecurityTokenExpiredException ? new TokenReading { Fault = TokenFault.Expired } : Invalid(result.Exception?.GetType().Name);
        return _callers.Read((JsonWebToken)result.SecurityToken) is { } caller ? new TokenReading { Caller = caller } : Invalid("Subject");
    }

    /// <summary>The handler takes keys that cannot be fetched for a token that does not hold, which would log everybody out.</summary>
    private async Task<bool> HasKeysAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _keys.GetBaseConfigurationAsync(cancellationToken);
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private bool IsWithinItsTime(DateTime? notBefore, DateTime? expires, SecurityToken securityToken, TokenValidationParameters validationParameters)
    {
        var now = _time.GetUtcNow().UtcDateTime;
        if (expires is { } end && end + ClockSkew <= now)
            throw new SecurityTokenExpiredException();
        return expires is not null && (notBefore is not { } begin || begin - ClockSkew <= now);
    }

    private static TokenReading Invalid(string? cause) => new() { Fault = TokenFault.Invalid, Cause = cause };
}
