using System.Text.Json;

namespace MyriadSync.IntegrationTests.Interleavings;

/// <summary>Datasets <c>a-b</c> / store <c>c</c> and <c>a</c> / <c>b-c</c>; field names with <c>,</c> <c>/</c> <c>:</c> and none at all.</summary>
public sealed class Row35NamesTests(StackFixture fixture) : IClassFixture<StackFixture>
{
    private static readonly (string Dataset, string Store, string Key)[] Alike =
    [
        ("a-b", "c", "k"), ("a", "b-c", "k"), ("a", "b", "c-k"), ("a-b-c", "k", "k"), ("a", "b.c", "k"), ("a.b", "c", "k"), ("a_b", "c", "k"), ("a", "b_c", "k"), ("A", "b-c", "k"), ("a", "B-c", "k"),
    ];

    [Fact]
    public async Task Push_NamesThatRunIntoEachOther_NeverMeetInARow()
    {
        var clients = Alike.Select(name => name.Dataset).Distinct().ToDictionary(dataset => dataset, dataset => new DatasetClient(fixture.Stack, dataset));

        foreach (var (dataset, store, key) in Alike)
        {
            var client = clients[dataset];
            await client.PushAsync(client.Put(store, key, JsonSerializer.Serialize(new { I = $"{dataset} {store} {key}" })));
        }

        foreach (var (dataset, store, key) in Alike)
        {
            var record = await clients[dataset].RecordAsync(store, key);
            Assert.Equal($"{dataset} {store} {key}", record.Json.GetProperty("value").GetProperty("I").GetString());
            Assert.Equal($"d:I=\"{dataset} {store} {key}\"", ClusterRows.Fields(fixture.Stack, dataset, store, key));
        }

        foreach (var (dataset, client) in clients)
        {
            var own = Alike.Where(name => name.Dataset == dataset).Select(name => $"{name.Dataset} {name.Store} {name.Key}").Order(StringComparer.Ordinal);
            var snapshot = (await client.SnapshotAsync()).Json.GetProperty("records").EnumerateArray().Select(record => record.GetProperty("value").GetProperty("I").GetString()!);
            Assert.Equal(own, snapshot.Order(StringComparer.Ordinal));
            client.Dispose();
        }
    }

    /// <summary>Values whose fields' names mean something in paths, queries and the columns of the cluster.</summary>
    public static TheoryData<string> Values =>
    [
        """{"":1}""",
        """{}""",
        """{"a,b":1,"a":2,"b":3}""",
        """{"a/b":1,"a:b":2,"a~b":3,"a~1b":4,"a~0b":5,"~":6,"~.":7}""",
        """{"d:a":1,"m:rev":2,"rev":3}""",
        """{"ä":1,"日本":2,"😀":3," ":5,"%2C":6,"+":7,"\u0000":8,"\n":9}""",
        """{"A":1,"a":2}""",
        """{"__proto__":1,"constructor":2}""",
    ];

    [Theory]
    [MemberData(nameof(Values))]
    public async Task Push_FieldsOfAnyName_ComeBackFromTheCluster(string value)
    {
        var dataset = "row35-" + Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(value)))[..8];
        using var client = new DatasetClient(fixture.Stack, dataset);
        var push = await client.PushAsync(client.Put("s", "k", value), client.Put("s", "gone", value));
        var removed = await client.PushAsync(client.Put("s", "gone", """{"only":true}""", on: 2));

        // In a new process nothing is known but what lies on the cluster.
        await fixture.Stack.StopAppAsync();
        await fixture.Stack.StartAppAsync(TestContext.Current.CancellationToken);

        Assert.Equal(("applied", "applied"), (push.BatchStatus, removed.BatchStatus));
        var sent = JsonElement.Parse(value).EnumerateObject().Select(field => $"{field.Name}={field.Value}").Order(StringComparer.Ordinal);
        var records = (await client.SnapshotAsync()).Json.GetProperty("records").EnumerateArray().ToDictionary(record => record.GetProperty("key").GetString()!, record => record.GetProperty("value"));
        Assert.Equal(sent, records["k"].EnumerateObject().Select(field => $"{field.Name}={field.Value}").Order(StringComparer.Ordinal));
        Assert.Equal("{\"only\":true}", records["gone"].GetRawText());
        var edit = await client.PushAsync(client.Patch("s", "k", """{"set":{"/edited":true}}""", on: 1), client.Patch("s", "gone", """{"set":{"/edited":true}}""", on: 3));
        Assert.Equal(["applied 4", "applied 5"], edit.Outcomes);
    }
}
