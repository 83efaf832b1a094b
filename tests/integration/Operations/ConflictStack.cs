using System.Text.Json;
using System.Text.Json.Nodes;
using MyriadSync.DevStack;

namespace MyriadSync.IntegrationTests.Operations;

/// <summary>A stack whose stores leave conflicts to a person, and two clients that get into one.</summary>
public sealed class ConflictStack(SharedAzurite azurite) : IAsyncLifetime
{
    private readonly AppServices _services = new();

    /// <summary>The stack.</summary>
    public LocalStack Stack { get; private set; } = null!;

    /// <summary>Services of its app.</summary>
    internal AppServices Services => _services;

    public async ValueTask InitializeAsync() => Stack = await azurite.StartStackAsync(new LocalStackOptions
    {
        ConfigureServices = services =>
        {
            services.AddManualStores();
            _services.Capture(services);
        },
        Settings = new Dictionary<string, string> { ["Recovery:Schedule"] = "0 0 0 1 1 *" },
    });

    public async ValueTask DisposeAsync() => await Stack.DisposeAsync();

    /// <summary>Ada's record is at rev 2 when bob's put on rev 1 arrives. Each is a user with roles read and write.</summary>
    /// <returns>The conflict's id.</returns>
    internal static async Task<string> ClashAsync(DatasetClient ada, DatasetClient bob, string key, string bobs = """{"title":"bread"}""")
    {
        var created = await ada.PushAsync(ada.Put("todos", key, """{"title":"milk"}"""));
        var rev = created.Results[0].GetProperty("rev").GetInt64();
        await ada.PushAsync(ada.Put("todos", key, """{"title":"cheese"}""", on: rev));
        var clash = await bob.PushAsync(bob.Put("todos", key, bobs, on: rev));
        Assert.Equal("conflict", clash.Results[0].GetProperty("outcome").GetString());
        return clash.Results[0].GetProperty("conflictId").GetString()!;
    }

    /// <summary>A client of a user of that name.</summary>
    internal DatasetClient User(string dataset, string name) => new(Stack, dataset, name, name, ["read", "write"]);

    /// <summary>An operator.</summary>
    internal DatasetClient Operator(string dataset) => new(Stack, dataset, "olga", "olga", ["read", "operate"]);

    /// <summary>A decision.</summary>
    internal static JsonObject Body(string json) => JsonNode.Parse(json)!.AsObject();

    /// <summary>Ids of a list's answer.</summary>
    internal static IReadOnlyList<string> Ids(DatasetReply reply) =>
        [.. reply.Json.GetProperty("conflicts").EnumerateArray().Select(entry => entry.GetProperty("conflictId").GetString()!)];

    /// <summary>The newest entry of the log.</summary>
    internal static async Task<JsonElement> LastAsync(DatasetClient client) => (await client.PullAllAsync())[^1];
}
