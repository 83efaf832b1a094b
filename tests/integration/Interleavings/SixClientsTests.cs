namespace MyriadSync.IntegrationTests.Interleavings;

public sealed class SixClientsTests(SharedAzurite azurite) : SixClients(azurite)
{
    protected override Uri? Gateway() => null;
}
