using MyriadSync.IntegrationTests.Myriad;

namespace MyriadSync.IntegrationTests.ExistingTables;

/// <summary>On a real HBase.</summary>
public sealed class RealTableTests(SharedAzurite azurite, RealHBaseHost host) : ExistingTableTests(azurite), IClassFixture<RealHBaseHost>
{
    protected override Uri? Gateway()
    {
        Assert.SkipWhen(host.Gateway is null, host.Missing ?? "");
        return host.Gateway;
    }
}
