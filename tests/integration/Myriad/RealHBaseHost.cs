using MyriadSync.ConformanceTests.Support;

namespace MyriadSync.IntegrationTests.Myriad;

/// <summary>A real HBase REST gateway: the one that <c>HBASE_REST_URL</c> names, or one of our own.</summary>
public sealed class RealHBaseHost : RecordStoreHost
{
    private HBaseProcess? _process;

    public override async ValueTask InitializeAsync()
    {
        if (Environment.GetEnvironmentVariable("HBASE_REST_URL") is { Length: > 0 } url)
            Gateway = new Uri(url);
        else if (HBaseProcess.Script is not { } script)
            Missing = $"No real HBase: name a REST gateway in HBASE_REST_URL, or {SharedFolder.HowToHaveIt} that holds hbase/run.sh.";
        else if (!await JavaRuntime.IsThereAsync())
            Missing = "No real HBase: hbase/run.sh needs a `java` of version 17 on the path; or name a REST gateway in HBASE_REST_URL.";
        else
            Gateway = (_process = await HBaseProcess.StartAsync(script)).Address;
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (_process is not null)
            await _process.DisposeAsync();
    }
}
