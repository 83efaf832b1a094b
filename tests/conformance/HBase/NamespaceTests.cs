using System.Net;
using MyriadSync.ConformanceTests.Gateways;

namespace MyriadSync.ConformanceTests.HBase;

/// <summary><c>/namespaces</c>.</summary>
public abstract class NamespaceTests<TGateway>(SharedTable<TGateway> table) : GatewayTests<TGateway>(table)
    where TGateway : IGateway
{
    [Fact]
    public async Task Namespaces_List_HasTheBuiltInAndOurs()
    {
        var reply = await Client.GetAsync("/namespaces");

        var names = reply.Expect(HttpStatusCode.OK).Json.GetProperty("Namespace").EnumerateArray().Select(name => name.GetString()!).ToList();
        Assert.Contains("default", names);
        Assert.Contains("hbase", names);
        Assert.Contains(SharedTable<TGateway>.Namespace, names);
    }

    [Fact]
    public async Task Namespace_CreatedTwice_IsRefusedTheSecondTime()
    {
        var path = $"/namespaces/c{Guid.NewGuid():N}";

        var first = await Client.PostAsync(path, "{}");
        var second = await Client.PostAsync(path, "{}");
        var dropped = await Client.DeleteAsync(path);
        var again = await Client.DeleteAsync(path);

        first.Expect(HttpStatusCode.Created);
        Assert.EndsWith(path, first.Message.Headers.Location!.ToString(), StringComparison.Ordinal);
        second.Expect(HttpStatusCode.Forbidden);
        Assert.Contains("already exists.", second.Body, StringComparison.Ordinal);
        dropped.Expect(HttpStatusCode.OK);
        again.Expect(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Namespace_There_HasPropertiesAndTables()
    {
        var properties = await Client.GetAsync($"/namespaces/{SharedTable<TGateway>.Namespace}");
        var tables = await Client.GetAsync($"/namespaces/{SharedTable<TGateway>.Namespace}/tables");

        Assert.Equal("""{"properties":null}""", properties.Expect(HttpStatusCode.OK).Body);
        Assert.Contains($$"""{"name":"{{Table.Split(':')[1]}}"}""", tables.Expect(HttpStatusCode.OK).Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/tables")]
    public async Task Namespace_Missing_Answers500(string rest)
    {
        var reply = await Client.GetAsync($"/namespaces/c{Guid.NewGuid():N}{rest}");

        reply.Expect(HttpStatusCode.InternalServerError);
        Assert.Equal("Request failed.", reply.Json.GetProperty("message").GetString());
    }
}
