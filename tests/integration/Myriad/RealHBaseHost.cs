namespace MyriadSync.IntegrationTests.Myriad;

/// <summary>A real HBase REST gateway.</summary>
public sealed class RealHBaseHost : RecordStoreHost
{
    public override ValueTask InitializeAsync()
    {
        if (Environment.GetEnvironmentVariable("HBASE_REST_URL") is { Length: > 0 } url)
            Gateway = new Uri(url);
        else
            Missing = "No real HBase here: set HBASE_REST_URL to the address of an HBase REST gateway.";
        return ValueTask.CompletedTask;
    }
}
