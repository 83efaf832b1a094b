using System.Net;
using System.Net.Sockets;
using MyriadSync.DevStack;
using MyriadSync.DevStack.Azurite;

namespace MyriadSync.IntegrationTests.DevStack;

public sealed class PortPlanTests
{
    [Fact]
    public void Settle_PortsInUse_NamesEachWithTheOptionThatMovesIt()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;

        Assert.Contains("--port", MessageOf(new LocalStackOptions { Port = port }), StringComparison.Ordinal);
        Assert.Contains("--hbase-port", MessageOf(new LocalStackOptions { HBasePort = port }), StringComparison.Ordinal);
        Assert.Contains("--scheduler-port", MessageOf(new LocalStackOptions { SchedulerPort = port }), StringComparison.Ordinal);
        Assert.Contains("--azurite-port", MessageOf(new LocalStackOptions { AzuritePort = port - 2 }), StringComparison.Ordinal);
        Assert.Contains($"{port}", MessageOf(new LocalStackOptions { AzuritePort = port - 2 }), StringComparison.Ordinal);
    }

    [Fact]
    public void Settle_OnePortForTwo_NamesBoth()
    {
        var port = Ports.TakeFree(1)[0];

        var exception = Assert.Throws<LocalStackException>(() => PortPlan.Settle(new LocalStackOptions { Port = port, HBasePort = port }));

        Assert.Contains("--port", exception.Message, StringComparison.Ordinal);
        Assert.Contains("--hbase-port", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Settle_EmulatorsPortsInUse_MatterNotWithARealGateway()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;

        var settled = PortPlan.Settle(new LocalStackOptions { HBasePort = port, SchedulerPort = port, HBase = new Uri("http://127.0.0.1:1") });

        Assert.Equal(port, settled.HBasePort);
    }

    [Fact]
    public void Settle_Zeros_BecomeDifferentFreePorts()
    {
        var settled = PortPlan.Settle(new LocalStackOptions());

        int[] ports = [settled.Port, settled.HBasePort, settled.SchedulerPort];
        Assert.Equal(3, ports.Distinct().Count());
        Assert.All(ports, port => Assert.True(Ports.IsFree(port)));
    }

    private static string MessageOf(LocalStackOptions options) => Assert.Throws<LocalStackException>(() => PortPlan.Settle(options)).Message;
}
