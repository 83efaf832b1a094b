using System.Text.Json;
using System.Text.Json.Nodes;
using MyriadSync.DevStack;
using MyriadSync.Myriad;

namespace MyriadSync.IntegrationTests.Operations;

/// <summary>A stack on which changes are parked: a job with a wrong clock has written to the records that they touch.</summary>
public sealed class PoisonStack(SharedAzurite azurite) : IAsyncLifetime
{
    private readonly AppServices _services = new();

    /// <summary>The stack.</summary>
    public LocalStack Stack { get; private set; } = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => Stack = await azurite.StartStackAsync(new LocalStackOptions
    {
        ConfigureServices = _services.Capture,
        Settings = new Dictionary<string, string> { ["Recovery:Schedule"] = "0 0 0 1 1 *" },
    });

    public async ValueTask DisposeAsync() => await Stack.DisposeAsync();

    /// <summary>Parks a put of each key by client <c>bob</c>, in one batch; <c>ada</c>'s records are at revs 1, 2, …</summary>
    /// <returns>The poison ids, in the order of the keys, and what mends each record.</returns>
    internal async Task<(IReadOnlyList<string> Ids, Func<string, Task> MendAsync)> ParkAsync(string dataset, DatasetClient bob, params string[] keys)
    {
        using var ada = new DatasetClient(Stack, dataset, "ada");
        await ada.PushAsync([.. keys.Select(key => ada.Put("todos", key, """{"title":"milk"}"""))]);
        var job = new ClusterJob(_services.Get<IRecordStore>(), dataset);
        var future = ClusterJob.Future;
        foreach (var key in keys)
            await job.PutAsync("todos", key, "d:later", "1", future);

        var pushed = await bob.PushAsync([.. keys.Select((key, i) => bob.Put("todos", key, """{"title":"bread"}""", on: i + 1))]);
        var ids = pushed.Results.Select(result => result.GetProperty("poisonId").GetString()!).ToList();
        await RecordedAsync(bob, ids);
        return (ids, key => job.DeleteAsync("todos", key, "d:later", future));
    }

    /// <summary>Waits until the entries are in the table: they come there over a queue.</summary>
    internal static async Task RecordedAsync(DatasetClient client, IEnumerable<string> ids)
    {
        foreach (var id in ids)
            await Eventually.TrueAsync($"entry {id} is recorded", async () => (await client.GetAsync($"/poison/{id}")).Status == 200, TimeSpan.FromSeconds(60));
    }

    /// <summary>Ids of a list's answer.</summary>
    internal static IReadOnlyList<string> Ids(DatasetReply reply) => [.. Entries(reply).Select(entry => entry.GetProperty("poisonId").GetString()!)];

    /// <summary>Entries of a list's answer.</summary>
    internal static IReadOnlyList<JsonElement> Entries(DatasetReply reply) => [.. reply.Json.GetProperty("entries").EnumerateArray()];

    /// <summary>A body.</summary>
    internal static JsonObject Body(string json) => JsonNode.Parse(json)!.AsObject();
}
