using MyriadSync.IntegrationTests.Myriad;

namespace MyriadSync.IntegrationTests.Interleavings;

public sealed class SixClientsOnHBaseTests(SharedAzurite azurite, RealHBaseHost host) : SixClients(azurite), IClassFixture<RealHBaseHost>
{
    protected override Uri? Gateway()
    {
        Assert.SkipWhen(host.Gateway is null, host.Missing ?? "");
        return host.Gateway;
    }
}
