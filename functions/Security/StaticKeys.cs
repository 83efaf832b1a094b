using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace MyriadSync.Security;

/// <summary>Keys that never change while the app runs, where discovery would be.</summary>
internal sealed class StaticKeys : BaseConfigurationManager
{
    private readonly OpenIdConnectConfiguration _configuration = new();

    public StaticKeys(IEnumerable<SecurityKey> keys)
    {
        foreach (var key in keys)
            _configuration.SigningKeys.Add(key);
    }

    /// <inheritdoc/>
    public override Task<BaseConfiguration> GetBaseConfigurationAsync(CancellationToken cancel) => Task.FromResult<BaseConfiguration>(_configuration);

    /// <summary>There is nothing to fetch anew.</summary>
    public override void RequestRefresh()
    {
    }
}
