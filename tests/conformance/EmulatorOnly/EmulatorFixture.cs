using System.Net;
using MyriadSync.ConformanceTests.Gateways;
using MyriadSync.MyriadEmulator;

namespace MyriadSync.ConformanceTests.EmulatorOnly;

/// <summary>An emulator of a test's own, with a table <c>default</c> namespace <c>t</c>: <c>d</c> keeps five versions, <c>m</c> one.</summary>
public sealed class EmulatorFixture : IAsyncDisposable
{
    public const string Table = "t";

    private EmulatorFixture(MyriadEmulatorHost host)
    {
        Host = host;
        Client = new GatewayClient(host.HBaseAddress);
        Scheduler = new GatewayClient(host.SchedulerAddress);
    }

    public MyriadEmulatorHost Host { get; }

    public GatewayClient Client { get; }

    public GatewayClient Scheduler { get; }

    public static async Task<EmulatorFixture> StartAsync(string? dataFile = null, string purgeAttribute = "")
    {
        var host = await MyriadEmulatorHost.StartAsync(
            new MyriadEmulatorOptions { HBasePort = 0, SchedulerPort = 0, DataFile = dataFile }, TestContext.Current.CancellationToken);
        var fixture = new EmulatorFixture(host);
        await fixture.Client.PostAsync($"/{Table}/schema", Json.Schema(("d", "\"VERSIONS\":\"5\"" + purgeAttribute), ("m", "")));
        return fixture;
    }

    public async Task PutAsync(params (string Row, string Column, long? Timestamp, string Value)[] cells) =>
        (await Client.PutAsync($"/{Table}/x", Json.Rows(cells))).Expect(HttpStatusCode.OK);

    public async Task<string> ReadAsync(string row)
    {
        var reply = await Client.GetAsync($"/{Table}/{row}");
        return reply.Status == HttpStatusCode.NotFound ? "" : reply.Expect(HttpStatusCode.OK).Text;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        Scheduler.Dispose();
        await Host.DisposeAsync();
    }
}
