namespace MyriadSync.IntegrationTests.Myriad;

public sealed class EmulatorRecordStoreTests(EmulatorHost host) : RecordStoreTests(host), IClassFixture<EmulatorHost>;
