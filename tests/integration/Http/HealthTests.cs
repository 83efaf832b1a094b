using System.Text.Json.Nodes;

namespace MyriadSync.IntegrationTests.Http;

public sealed class HealthTests(SharedAzurite azurite)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Health_ClusterGoesAndComesBack_IsDegradedMeanwhile()
    {
        await using var stack = await azurite.StartStackAsync();
        using var http = new HttpClient { BaseAddress = new Uri(stack.BaseAddress, "api/v1/health/") };

        Assert.Equal((200, "live"), Brief(await GetAsync(http, "live")));
        await UntilAsync(http, "ready");
        var before = await GetAsync(http, "ready");

        stack.Emulator!.Faults.Current = new() { HBaseUnreachable = true };
        await UntilAsync(http, "degraded");
        var meanwhile = await GetAsync(http, "ready");
        Assert.Equal((200, "live"), Brief(await GetAsync(http, "live")));

        stack.Emulator.Faults.Reset();
        await UntilAsync(http, "ready");

        Assert.Equal((200, "ready"), Brief(before));
        Assert.All(before.Body["checks"]!.AsArray(), check => Assert.Equal("up", (string?)check!["state"]));
        Assert.Equal((200, "degraded"), Brief(meanwhile));
        Assert.Equal(("down", "cluster-unreachable"), ((string?)Check(meanwhile, "cluster")["state"], (string?)Check(meanwhile, "cluster")["reason"]));
        Assert.Equal(("up", null), ((string?)Check(meanwhile, "storage")["state"], (string?)Check(meanwhile, "storage")["reason"]));
        Assert.True((DateTimeOffset)Check(meanwhile, "cluster")["since"]! > (DateTimeOffset)Check(before, "cluster")["since"]!);
        Assert.Equal(Check(before, "storage")["since"]!.ToJsonString(), Check(meanwhile, "storage")["since"]!.ToJsonString());
    }

    private static Task UntilAsync(HttpClient http, string status) =>
        Eventually.TrueAsync($"health is {status}", async () => Brief(await GetAsync(http, "ready")).Status == status, TimeSpan.FromSeconds(60));

    private static (int Code, string? Status) Brief((int Code, JsonNode Body) answer) => (answer.Code, (string?)answer.Body["status"]);

    private static JsonNode Check((int Code, JsonNode Body) answer, string name) => answer.Body["checks"]!.AsArray().Single(check => (string?)check!["name"] == name)!;

    private static async Task<(int Code, JsonNode Body)> GetAsync(HttpClient http, string path)
    {
        using var answer = await http.GetAsync(new Uri(path, UriKind.Relative), Cancel);
        return ((int)answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancel))!);
    }
}
