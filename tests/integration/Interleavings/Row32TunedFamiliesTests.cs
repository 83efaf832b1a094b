using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using MyriadSync.IntegrationTests.Myriad;
using MyriadSync.IntegrationTests.Scans;

namespace MyriadSync.IntegrationTests.Interleavings;

/// <summary>The app starts against a table whose families an operator tuned: it adds what is missing, and every attribute stays as it was.</summary>
public abstract class Row32TunedFamiliesTests(SharedAzurite azurite, RecordStoreHost? host)
{
    private const string Tuned = """
        {"name":"x","ColumnSchema":[{"name":"d","VERSIONS":"10","COMPRESSION":"GZ"},{"name":"jobs","VERSIONS":"7","BLOOMFILTER":"NONE"}]}
        """;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Push_TableThatAnOperatorTuned_KeepsItsAttributesAndAddsOurFamily()
    {
        await using var app = await ScanApp.StartAsync(azurite, host);
        using var http = new HttpClient { BaseAddress = app.Gates.Stack.HBaseAddress };
        http.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        using var space = await http.PostAsync(new Uri($"/namespaces/{app.Table.Split(':')[0]}", UriKind.Relative), null, Cancel);
        using var body = new StringContent(Tuned, Encoding.UTF8, "application/json");
        using var created = await http.PostAsync(new Uri($"/{app.Table}/schema", UriKind.Relative), body, Cancel);
        var before = await FamiliesAsync(http, app.Table);

        var client = app.Client("row32");
        var pushed = await client.PushAsync(client.Put("todos", "k", """{"n":1}"""));
        var after = await FamiliesAsync(http, app.Table);

        Assert.Equal("applied", pushed.BatchStatus);
        Assert.Equal(["d", "jobs"], before.Keys.Order());
        Assert.Equal(["d", "jobs", "m"], after.Keys.Order());
        Assert.Equal(before, after.Where(family => family.Key != "m").ToDictionary());
        Assert.Contains("\"VERSIONS\":\"10\"", after["d"], StringComparison.Ordinal);
    }

    private static async Task<Dictionary<string, string>> FamiliesAsync(HttpClient http, string table)
    {
        var schema = JsonNode.Parse(await http.GetStringAsync(new Uri($"/{table}/schema", UriKind.Relative), Cancel))!;
        return schema["ColumnSchema"]!.AsArray().ToDictionary(family => (string)family!["name"]!, family => family!.ToJsonString());
    }
}

public sealed class Row32TunedFamiliesOnEmulatorTests(SharedAzurite azurite) : Row32TunedFamiliesTests(azurite, null);

[Collection(RealHBase.Name)]
public sealed class Row32TunedFamiliesOnRealHBaseTests(SharedAzurite azurite, RealHBaseHost host) : Row32TunedFamiliesTests(azurite, host);
