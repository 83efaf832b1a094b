namespace MyriadSync.IntegrationTests.ExistingTables;

/// <summary>On the emulator.</summary>
public sealed class EmulatedTableTests(SharedAzurite azurite) : ExistingTableTests(azurite)
{
    protected override Uri? Gateway() => null;
}
