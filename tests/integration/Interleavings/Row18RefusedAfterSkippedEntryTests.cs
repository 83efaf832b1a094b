using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using MyriadSync.Contracts;
using MyriadSync.DevStack;
using MyriadSync.Pipeline.Resolve;

namespace MyriadSync.IntegrationTests.Interleavings;

/// <summary>A change is rejected or poisoned; entries for its record arrived and were skipped meanwhile.</summary>
public sealed class Row18RefusedAfterSkippedEntryTests(Row18RefusedAfterSkippedEntryTests.App app) : IClassFixture<Row18RefusedAfterSkippedEntryTests.App>
{
    /// <summary>By where the refusal is found: while the body is read, against what columns can be called, and while it is resolved.</summary>
    public static TheoryData<string, string, string> Refused => new()
    {
        { "read", """{"op":"put","value":{"d":{"$date":"no date"}}}""", "rejected" },
        { "checked", """{"op":"put","value":{"NAME":1}}""".Replace("NAME", new string('x', 2000), StringComparison.Ordinal), "rejected" },
        { "resolved", """{"op":"patch","inc":{"/title":1}}""", "rejected" },
        { "poisoned", """{"op":"put","value":{"poison":true}}""", "poisoned" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task Push_ChangeRefusedAfterSkippedEntry_GivesTheRecordInEffect(string place, string bad, string outcome)
    {
        var dataset = "row18-" + place;
        using var a = new DatasetClient(app.Stack, dataset, "a");
        using var b = new DatasetClient(app.Stack, dataset, "b");
        var atA = new SkippingReplica();
        await a.PushAsync(a.Put("todos", "k", """{"title":"t0"}"""));
        atA.Take(await a.PullAllAsync());
        await b.PushAsync(b.Put("todos", "k", """{"title":"t1"}""", on: 1));

        atA.Edit("k");
        atA.Take(await a.PullAllAsync());
        var skipped = atA.Show("k");
        var push = await a.PushAsync(Bad(a, bad));
        atA.Settle("k", push.Results[0]);

        Assert.Equal("1 {\"title\":\"t0\"}", skipped);
        Assert.Equal(outcome, push.Results[0].GetProperty("outcome").GetString());
        Assert.Equal("2 {\"title\":\"t1\"}", atA.Show("k"));
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task Push_ChangeOnTopOfARefusedOne_SharesItsFate(string place, string bad, string outcome)
    {
        var dataset = "row18-fate-" + place;
        using var a = new DatasetClient(app.Stack, dataset, "a");
        await a.PushAsync(a.Put("todos", "k", """{"title":"t0"}"""));

        var push = await a.PushAsync(Bad(a, bad), a.Patch("todos", "k", """{"set":{"/done":true}}""", on: 1), a.Put("todos", "other", "{}"));

        Assert.Equal([outcome, outcome, "applied"], push.Results.Select(result => result.GetProperty("outcome").GetString()));
        Assert.Equal("predecessor-refused", push.Results[1].GetProperty("reason").GetString());
        Assert.Equal("{\"title\":\"t0\"}", push.Results[1].GetProperty("value").GetRawText());
    }

    private static JsonObject Bad(DatasetClient client, string members)
    {
        var change = client.Delete("todos", "k", on: 1);
        foreach (var (name, value) in JsonNode.Parse(members)!.AsObject())
            change[name] = value?.DeepClone();
        return change;
    }

    /// <summary>An app with a policy that fails on one kind of value.</summary>
    public sealed class App(SharedAzurite azurite) : IAsyncLifetime
    {
        public LocalStack Stack { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Stack = await azurite.StartStackAsync(new LocalStackOptions
        {
            ConfigureServices = services => services.AddSingleton(new BatchResolver(_ => new Failing())),
        });

        public async ValueTask DisposeAsync() => await Stack.DisposeAsync();
    }

    private sealed class Failing : IConflictPolicy
    {
        public Resolution Resolve(RecordState current, Contracts.Change change, ChangeContext context) =>
            change.Value?.Fields.Any(field => field.Name == "poison") == true ? throw new InvalidOperationException("poison") : StorePolicy.LastWriteWins.Resolve(current, change, context);
    }
}
