using System.Diagnostics;
using System.Net;
using System.Text.Json;
using MyriadSync.ConformanceTests.Gateways;

namespace MyriadSync.ConformanceTests.HBase;

/// <summary>What a gateway tells about itself and its cluster.</summary>
public abstract class ClusterTests<TGateway>(SharedTable<TGateway> table) : GatewayTests<TGateway>(table)
    where TGateway : IGateway
{
    [Fact]
    public async Task Status_ClusterUp_HasLiveNodes()
    {
        var status = await StatusAsync();

        var node = Assert.Single(status.GetProperty("LiveNodes").EnumerateArray());
        Assert.Contains(':', node.GetProperty("name").GetString()!);
        Assert.True(node.GetProperty("startCode").GetInt64() > 0);
        Assert.Equal(0, status.GetProperty("DeadNodes").GetArrayLength());
        Assert.Equal(status.GetProperty("regions").GetInt32(), node.GetProperty("Region").GetArrayLength());
        Assert.True(status.GetProperty("averageLoad").GetDouble() >= 1);
    }

    [Theory]
    [InlineData("/version")]
    [InlineData("/version/rest")]
    [InlineData("/version/cluster")]
    public async Task Version_Asked_IsTold(string path)
    {
        var reply = await Client.GetAsync(path);

        Assert.Matches("^[0-9]+[.][0-9]+[.]", reply.Expect(HttpStatusCode.OK).Json.GetProperty("Version").GetString());
    }

    [Fact]
    public async Task Root_Asked_ListsTables()
    {
        var reply = await Client.GetAsync("/");

        Assert.Contains($$"""{"name":"{{Table}}"}""", reply.Expect(HttpStatusCode.OK).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task UnknownPath_Asked_Answers404()
    {
        var reply = await Client.GetAsync("/nosuchthing");

        reply.Expect(HttpStatusCode.NotFound);
        Assert.Equal("Not Found", reply.Json.GetProperty("message").GetString());
        Assert.Equal("/nosuchthing", reply.Json.GetProperty("url").GetString());
    }

    /// <summary>The cluster's status, as a region server has told it: one that has just started tells of its regions every few seconds, and has none until then.</summary>
    private async Task<JsonElement> StatusAsync()
    {
        for (var waited = Stopwatch.StartNew(); ; await Task.Delay(200, TestContext.Current.CancellationToken))
        {
            var status = (await Client.GetAsync("/status/cluster")).Expect(HttpStatusCode.OK).Json;
            if (status.GetProperty("regions").GetInt32() > 0 || waited.Elapsed > TimeSpan.FromSeconds(30))
            {
                return status;
            }
        }
    }
}
