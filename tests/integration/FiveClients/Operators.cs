using System.Text.Json;
using System.Text.Json.Nodes;

namespace MyriadSync.IntegrationTests.FiveClients;

/// <summary>Two operators, each at an instance, who settle what was left to persons.</summary>
internal sealed class Operators(DatasetClient one, DatasetClient two, Random random)
{
    private const int Page = 20;

    /// <summary>How conflicts were decided, by id.</summary>
    public Dictionary<string, string> Decisions { get; } = [];

    /// <summary>Redrives all poison twice at the same time, discards what is left of it, and notes what became of each change.</summary>
    /// <param name="poisoned">What clients were told.</param>
    /// <param name="resolver">Throws still.</param>
    public async Task SettlePoisonAsync(IReadOnlyDictionary<string, SentChange> poisoned, MoodyResolver resolver)
    {
        foreach (var id in poisoned.Keys)
            await Eventually.TrueAsync($"poison {id} is listed", async () => (await one.GetAsync($"/poison/{id}")).Status == 200, TimeSpan.FromSeconds(60));
        Assert.Equal(poisoned.Keys.Order(StringComparer.Ordinal), await ListAsync("poison", "entries", "poisonId"));

        var first = poisoned.First(pair => pair.Value.Reason == "resolver-failed").Key;
        var failed = await two.PostAsync($"/poison/{first}/redrive");
        Assert.Contains((failed.Status, failed.Text("state"), failed.Number("attempts")), new[] { (200, "open", 2L), (200, "redriven", 1L) });

        resolver.Mended = true;
        await Task.WhenAll(RedriveAllAsync(one), RedriveAllAsync(two));
        foreach (var (id, change) in poisoned)
        {
            var entry = await one.GetAsync($"/poison/{id}");
            if (entry.Text("state") == "open")
            {
                var discarded = await one.PostAsync($"/poison/{id}/discard", new JsonObject { ["reason"] = "nobody knows" });
                Assert.Equal((200, "discarded"), (discarded.Status, discarded.Text("state")));
                continue;
            }

            Assert.Equal("redriven", entry.Text("state"));
            change.Outcome = entry.Json.GetProperty("settled").GetProperty("outcome").GetString()!;
        }
    }

    /// <summary>Decides every conflict, one way or another, on the record as it stands.</summary>
    /// <param name="told">Ids that clients were told.</param>
    public async Task SettleConflictsAsync(IReadOnlyCollection<string> told)
    {
        Assert.Equal(told.Order(StringComparer.Ordinal), await ListAsync("conflicts", "conflicts", "conflictId"));
        foreach (var id in told)
        {
            var conflict = await (random.Next(2) == 0 ? one : two).GetAsync($"/conflicts/{id}");
            if (conflict.Text("state") == "superseded")
                continue;
            Assert.True(conflict.Text("state") == "open", conflict.ToString());
            var decision = Decide(conflict.Json);
            var settled = await ResolveAsync(id, decision);
            if (settled.All(reply => reply.Problem == "resolution-refused"))
            {
                // The client's side is one that its store does not take.
                decision["take"] = "theirs";
                settled = await ResolveAsync(id, decision);
            }

            Assert.All(settled, reply => Assert.True(reply.Status == 200 && reply.Text("state") == "resolved", $"{conflict} decided by {decision.ToJsonString()}: {reply}"));
            Decisions.Add(id, (string)decision["take"]!);
        }
    }

    private Task<DatasetReply[]> ResolveAsync(string id, JsonObject decision) => Task.WhenAll(
        one.PostAsync($"/conflicts/{id}/resolve", decision.DeepClone().AsObject()), two.PostAsync($"/conflicts/{id}/resolve", decision.DeepClone().AsObject()));

    private JsonObject Decide(JsonElement conflict)
    {
        var current = conflict.GetProperty("current");
        var decision = new JsonObject { ["rev"] = current.GetProperty("rev").GetInt64() };
        var value = current.TryGetProperty("value", out var json) ? JsonNode.Parse(json.GetRawText())!.AsObject() : [];
        switch (random.Next(4))
        {
            case 0:
                decision["take"] = "theirs";
                break;
            case 1:
                value["name"] = "decided";
                (decision["take"], decision["value"]) = ("value", value);
                break;
            default:
                decision["take"] = "ours";
                break;
        }

        return decision;
    }

    private static async Task RedriveAllAsync(DatasetClient client)
    {
        JsonObject? filter = new() { ["kind"] = "change", ["limit"] = Page };
        while (filter is not null)
        {
            var reply = await client.PostAsync("/poison/redrive", filter);
            Assert.True(reply.Status == 200, reply.ToString());
            filter = reply.Text("nextPage") is { Length: > 0 } next ? new JsonObject { ["kind"] = "change", ["limit"] = Page, ["page"] = next } : null;
        }
    }

    private async Task<IReadOnlyList<string>> ListAsync(string path, string list, string name)
    {
        var ids = new List<string>();
        string? page = "";
        while (page is not null)
        {
            var reply = await two.GetAsync($"/{path}?limit={Page}{page}");
            Assert.True(reply.Status == 200, reply.ToString());
            ids.AddRange(reply.Json.GetProperty(list).EnumerateArray().Select(entry => entry.GetProperty(name).GetString()!));
            page = reply.Text("nextPage") is { Length: > 0 } next ? "&page=" + next : null;
        }

        return ids;
    }
}
