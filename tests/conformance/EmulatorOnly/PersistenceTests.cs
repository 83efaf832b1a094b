using System.Diagnostics;
using System.Net;
using MyriadSync.ConformanceTests.Gateways;
using MyriadSync.MyriadEmulator;

namespace MyriadSync.ConformanceTests.EmulatorOnly;

public sealed class PersistenceTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("myriadsync-emulator-").FullName;

    private string DataFile => Path.Combine(_folder, "emulator.db");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Data_Restart_IsThereWithSchemaAndMarkers()
    {
        await using (var before = await EmulatorFixture.StartAsync(DataFile))
        {
            await before.Client.PostAsync("/namespaces/kept", "{}");
            await before.PutAsync(("r", "d:a", 1, "1"), ("r", "d:b", 2, "2"));
            await before.Client.DeleteAsync("/t/r/d:a/5");
        }

        await using var after = await EmulatorFixture.StartAsync(DataFile);
        await after.PutAsync(("r", "d:a", 4, "late"));

        Assert.Equal("r d:b@2=2", await after.ReadAsync("r"));
        Assert.Contains("\"kept\"", (await after.Client.GetAsync("/namespaces")).Body, StringComparison.Ordinal);
        Assert.Contains("\"VERSIONS\":\"5\"", (await after.Client.GetAsync("/t/schema")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Data_DroppedTable_DoesNotComeBackUnderANewOne()
    {
        await using (var before = await EmulatorFixture.StartAsync(DataFile))
        {
            await before.PutAsync(("r", "d:a", 1, "1"));
            await before.Client.DeleteAsync("/t/schema");
        }

        await using var after = await EmulatorFixture.StartAsync(DataFile);

        Assert.Equal("", await after.ReadAsync("r"));
    }

    [Fact]
    public async Task Data_ProcessKilled_KeepsEveryAcknowledgedCell()
    {
        var acknowledged = new List<string>();
        using (var process = Start(out var client))
        {
            await client.PostAsync("/t/schema", Json.Schema(("d", "")));
            for (var batch = 0; batch < 50; batch++)
            {
                string[] keys = [.. Enumerable.Range(0, 20).Select(i => $"r{batch:d3}-{i:d2}")];
                (await client.PutAsync("/t/x", Json.Rows([.. keys.Select(key => (key, "d:a", (long?)1, key))]))).Expect(HttpStatusCode.OK);
                acknowledged.AddRange(keys);
            }
            process.Kill();
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            client.Dispose();
        }

        await using var after = await EmulatorFixture.StartAsync(DataFile);

        Assert.Equal(acknowledged, after.Host.Cells.Rows("t").Select(row => row.Key));
    }

    [Fact]
    public async Task DataFile_InUse_IsRefused()
    {
        await using var first = await EmulatorFixture.StartAsync(DataFile);

        var second = MyriadEmulatorHost.StartAsync(
            new MyriadEmulatorOptions { HBasePort = 0, SchedulerPort = 0, DataFile = DataFile }, TestContext.Current.CancellationToken);

        await Assert.ThrowsAsync<Microsoft.Data.Sqlite.SqliteException>(() => second);
    }

    private Process Start(out GatewayClient client)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "MyriadSync.MyriadEmulator.dll");
        var process = Process.Start(new ProcessStartInfo("dotnet", [program, "--hbase-port", "0", "--scheduler-port", "0", "--data", DataFile])
        {
            RedirectStandardOutput = true,
            // Who is killed leaves the pipes of the runtime's debugger in the temporary folder for ever.
            Environment = { ["DOTNET_EnableDiagnostics"] = "0" },
        })!;
        var ready = process.StandardOutput.ReadLine()!;
        Assert.StartsWith("MyriadEmulator is ready: HBase REST http://", ready, StringComparison.Ordinal);
        client = new GatewayClient(new Uri(ready.Split(' ', ',')[5]));
        return process;
    }
}
