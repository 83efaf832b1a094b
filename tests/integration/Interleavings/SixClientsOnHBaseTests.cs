using MyriadSync.IntegrationTests.Myriad;

namespace MyriadSync.IntegrationTests.Interleavings;

[Collection(RealHBase.Name)]
public sealed class SixClientsOnHBaseTests(SharedAzurite azurite, RealHBaseHost host) : SixClients(azurite)
{
    protected override Uri? Gateway()
    {
        Assert.SkipWhen(host.Gateway is null, host.Missing ?? "");
        return host.Gateway;
    }
}
