using System.Net;
using System.Text.Json;
using MyriadSync.ConformanceTests.Gateways;

namespace MyriadSync.ConformanceTests.HBase;

/// <summary><c>/{table}/schema</c> and its traps. Each test makes a table of its own.</summary>
public abstract class SchemaTests<TGateway>(SharedTable<TGateway> table) : GatewayTests<TGateway>(table)
    where TGateway : IGateway
{
    private const string KeepMarkers = "\"hbase.hstore.time.to.purge.deletes\":\"604800000\"";

    [Theory]
    [InlineData("PUT")]
    [InlineData("POST")]
    public async Task Schema_NewTable_IsCreatedWithEveryAttributeOfItsFamilies(string method)
    {
        var name = Shared.NewName();

        var created = await Client.SendAsync(new HttpMethod(method), $"/{name}/schema", Json.Schema(("m", ""), ("d", "\"VERSIONS\":5," + KeepMarkers)));

        created.Expect(HttpStatusCode.Created);
        Assert.EndsWith($"/{name}/schema", created.Message.Headers.Location!.ToString(), StringComparison.Ordinal);
        var schema = (await Client.GetAsync($"/{name}/schema")).Expect(HttpStatusCode.OK).Json;
        Assert.Equal(name, schema.GetProperty("name").GetString());
        Assert.Equal(["d", "m"], schema.GetProperty("ColumnSchema").EnumerateArray().Select(family => family.GetProperty("name").GetString()!));
        Assert.Equal(
            "INDEX_BLOCK_ENCODING=NONE VERSIONS=5 KEEP_DELETED_CELLS=FALSE DATA_BLOCK_ENCODING=NONE TTL=2147483647 MIN_VERSIONS=0 REPLICATION_SCOPE=0 BLOOMFILTER=ROW "
            + "IN_MEMORY=false hbase.hstore.time.to.purge.deletes=604800000 COMPRESSION=NONE BLOCKCACHE=true BLOCKSIZE=65536",
            Attributes(schema, "d"),
            new SameWords());
    }

    [Fact]
    public async Task Schema_PostGetPostedBack_KeepsEverything()
    {
        var name = await CreateAsync(("d", "\"VERSIONS\":\"5\"," + KeepMarkers));
        var before = (await Client.GetAsync($"/{name}/schema")).Body;

        var reply = await Client.PostAsync($"/{name}/schema", before);

        reply.Expect(HttpStatusCode.OK);
        Assert.Equal(before, (await Client.GetAsync($"/{name}/schema")).Body);
    }

    [Fact]
    public async Task Schema_PostOneFamily_ResetsItsUnlistedAttributesAndKeepsTheOthers()
    {
        var name = await CreateAsync(("d", "\"VERSIONS\":\"5\"," + KeepMarkers), ("m", "\"VERSIONS\":\"3\""));

        var reply = await Client.PostAsync($"/{name}/schema", Json.Schema(("d", "\"TTL\":\"3600\""), ("e", "")));

        reply.Expect(HttpStatusCode.OK);
        var schema = (await Client.GetAsync($"/{name}/schema")).Json;
        Assert.Contains("VERSIONS=1 ", Attributes(schema, "d"), StringComparison.Ordinal);
        Assert.Contains("TTL=3600 ", Attributes(schema, "d"), StringComparison.Ordinal);
        Assert.DoesNotContain("purge", Attributes(schema, "d"), StringComparison.Ordinal);
        Assert.Contains("VERSIONS=1 ", Attributes(schema, "e"), StringComparison.Ordinal);
        Assert.Contains("VERSIONS=3 ", Attributes(schema, "m"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Schema_PutFewerFamilies_DropsTheOthersWithTheirCells()
    {
        var name = await CreateAsync(("d", ""), ("m", ""));
        (await Client.PutAsync($"/{name}/x", Json.Rows(("a", "d:x", 5, "1"), ("a", "m:x", 5, "1"), ("b", "m:x", 5, "1")))).Expect(HttpStatusCode.OK);

        var replaced = await Client.PutAsync($"/{name}/schema", Json.Schema(("d", "")));
        var added = await Client.PostAsync($"/{name}/schema", Json.Schema(("m", "")));

        replaced.Expect(HttpStatusCode.Created);
        added.Expect(HttpStatusCode.OK);
        Assert.Equal("a d:x@5=1", (await Client.GetAsync($"/{name}/*")).Expect(HttpStatusCode.OK).Text);
    }

    [Fact]
    public async Task Schema_Deleted_TableIsGoneWithItsRows()
    {
        var name = await CreateAsync(("d", ""));
        (await Client.PutAsync($"/{name}/x", Json.Rows(("a", "d:x", 5, "1")))).Expect(HttpStatusCode.OK);

        var dropped = await Client.DeleteAsync($"/{name}/schema");
        var again = await Client.DeleteAsync($"/{name}/schema");

        dropped.Expect(HttpStatusCode.OK);
        again.Expect(HttpStatusCode.NotFound);
        (await Client.GetAsync($"/{name}/exists")).Expect(HttpStatusCode.NotFound);
        (await Client.PostAsync($"/{name}/schema", Json.Schema(("d", "")))).Expect(HttpStatusCode.Created);
        Assert.Equal("""{"Row":[]}""", (await Client.GetAsync($"/{name}/*")).Body);
    }

    [Fact]
    public async Task Schema_MissingTable_Answers404()
    {
        var reply = await Client.GetAsync($"/{Shared.NewName()}/schema");

        reply.Expect(HttpStatusCode.NotFound);
        Assert.Contains("TableNotFoundException", reply.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nonamespace:t", """{"ColumnSchema":[{"name":"d"}]}""", HttpStatusCode.ServiceUnavailable, "NamespaceNotFoundException")]
    [InlineData("conformance:x", "{}", HttpStatusCode.ServiceUnavailable, "DoNotRetryIOException")]
    [InlineData("bad%20name", """{"ColumnSchema":[{"name":"d"}]}""", HttpStatusCode.BadRequest, "Illegal character code:32")]
    [InlineData("conformance:x", """{"ColumnSchema":[{"name":"a:b"}]}""", HttpStatusCode.BadRequest, "Illegal character <58>")]
    [InlineData("conformance:x", "", HttpStatusCode.BadRequest, "NullPointerException")]
    [InlineData("conformance:x", "{bad", HttpStatusCode.InternalServerError, "Request failed.")]
    public async Task Schema_Refused_TellsWhy(string name, string body, HttpStatusCode status, string message)
    {
        var reply = await Client.PostAsync($"/{name}/schema", body);

        reply.Expect(status);
        Assert.Contains(message, reply.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"ColumnSchema":[]}""")]
    [InlineData("{}")]
    public async Task Schema_PostNothingToAnExistingTable_ChangesNothing(string body)
    {
        var before = (await Client.GetAsync($"/{Table}/schema")).Body;

        var reply = await Client.PostAsync($"/{Table}/schema", body);

        reply.Expect(HttpStatusCode.OK);
        Assert.Equal(before, (await Client.GetAsync($"/{Table}/schema")).Body);
    }

    [Fact]
    public async Task Exists_TableThereOrNot_AnswersByStatus()
    {
        var there = await Client.GetAsync($"/{Table}/exists");
        var missing = await Client.GetAsync($"/{Shared.NewName()}/exists");

        there.Expect(HttpStatusCode.OK);
        Assert.Equal("", there.Body);
        missing.Expect(HttpStatusCode.NotFound);
        Assert.Equal("Not found\r\n", missing.Body);
    }

    [Fact]
    public async Task Regions_OneRegion_HoldsTheWholeTable()
    {
        var reply = await Client.GetAsync($"/{Table}/regions");

        var region = Assert.Single(reply.Expect(HttpStatusCode.OK).Json.GetProperty("Region").EnumerateArray());
        Assert.Equal("", region.GetProperty("startKey").GetString());
        Assert.Equal("", region.GetProperty("endKey").GetString());
        Assert.StartsWith($"{Table},,", region.GetProperty("name").GetString(), StringComparison.Ordinal);
        (await Client.GetAsync($"/{Shared.NewName()}/regions")).Expect(HttpStatusCode.NotFound);
    }

    private static string Attributes(JsonElement schema, string family) => string.Join(' ', schema.GetProperty("ColumnSchema").EnumerateArray()
        .Single(element => element.GetProperty("name").GetString() == family)
        .EnumerateObject().Where(property => property.Name != "name").Select(property => $"{property.Name}={property.Value.GetString()}"));

    private async Task<string> CreateAsync(params (string Family, string Attributes)[] families)
    {
        var name = Shared.NewName();
        (await Client.PostAsync($"/{name}/schema", Json.Schema(families))).Expect(HttpStatusCode.Created);
        return name;
    }

    /// <summary>The order of attributes is that of a hash table, and nobody may lean on it.</summary>
    private sealed class SameWords : IEqualityComparer<string>
    {
        public bool Equals(string? x, string? y) => x!.Split(' ').Order().SequenceEqual(y!.Split(' ').Order());

        public int GetHashCode(string words) => words.Length;
    }
}
