namespace MyriadSync.IntegrationTests.Myriad;

public sealed class RealHBaseRecordStoreTests(RealHBaseHost host) : RecordStoreTests(host), IClassFixture<RealHBaseHost>;
