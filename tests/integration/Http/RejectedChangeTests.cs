using System.Text;
using System.Text.Json.Nodes;

namespace MyriadSync.IntegrationTests.Http;

/// <summary>What is wrong with one change concerns that change alone.</summary>
[Collection<HttpApi>]
public sealed class RejectedChangeTests(StackFixture fixture)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    // Members over those of a sound put of key 5; null in place of JSON: without the member.
    public static TheoryData<string, string?, string, string> Faults => new()
    {
        { "op", "\"merge\"", "/op", "unknown-op" },
        { "op", "\"Put\"", "/op", "unknown-op" },
        { "op", "7", "/op", "unknown-op" },
        { "op", null, "/op", "missing" },
        { "op", "\"delete\"", "/value", "unexpected-member" },
        { "value", null, "/value", "missing" },
        { "store", "\"no~tes\"", "/store", "invalid-store" },
        { "store", "\"\"", "/store", "invalid-store" },
        { "store", "\"-notes\"", "/store", "invalid-store" },
        { "store", $"\"{new string('a', 65)}\"", "/store", "invalid-store" },
        { "store", "7", "/store", "invalid-store" },
        { "store", null, "/store", "missing" },
        { "key", null, "/key", "missing" },
        { "key", "null", "/key", "not-a-key" },
        { "key", "true", "/key", "not-a-key" },
        { "key", "{}", "/key", "not-a-key" },
        { "key", "[1,[null]]", "/key/1/0", "not-a-key" },
        { "key", """{"$number":"NaN"}""", "/key", "not-a-key" },
        { "key", """{"$date":null}""", "/key/$date", "invalid-date" },
        { "key", """{"$date":1.5}""", "/key/$date", "invalid-date" },
        { "key", """{"$binary":"a"}""", "/key/$binary", "invalid-binary" },
        { "key", "1e999", "/key", "number-out-of-range" },
        { "key", $"\"{new string('k', 1100)}\"", "/key", "key-too-long" },
        { "key", Nested("[", "1", "]", 17), Repeated("/0", 16, "/key"), "key-too-deep" },
        { "value", Nested("[", "1", "]", 65), Repeated("/0", 64, "/value"), "too-deep" },
        { "value", Nested("""{"a":""", "1", "}", 65), Repeated("/a", 64, "/value"), "too-deep" },
        { "value", Nested("""{"$set":[""", "1", "]}", 65), "", "too-deep" },
        { "value", Nested("[", "1", "]", 100_000), "", "too-deep" },
        { "value", $"\"{new string('v', 262_143)}\"", "/value", "too-large" },
        { "value", $"[{string.Join(',', Enumerable.Repeat("1", 131_072))}]", "/value", "too-large" },
        { "value", "1e999", "/value", "number-out-of-range" },
        { "value", """{"a":{"$no":1}}""", "/value/a/$no", "unknown-tag" },
        { "value", """{"a":1,"a":2}""", "/value/a", "duplicate-name" },
        { "value", """{"$bigint":"007"}""", "/value/$bigint", "invalid-bigint" },
        { "value", """{"$map":[[1]]}""", "/value/$map/0", "invalid-map" },
        { "base", "-1", "/base", "invalid-base" },
        { "base", "1.5", "/base", "invalid-base" },
        { "base", "\"1\"", "/base", "invalid-base" },
        { "at", null, "/at", "at-missing" },
        { "at", "\"yesterday\"", "/at", "at-malformed" },
        { "at", "7", "/at", "at-malformed" },
        { "at", "\"0199c0ffee000000somebody-else\"", "/at", "at-of-another-client" },
        { "color", "\"red\"", "/color", "unknown-member" },
        { "set", """{"/a":1}""", "", "unexpected-member" },
    };

    public static TheoryData<string, string, string> PatchFaults => new()
    {
        { "{}", "", "patch-empty" },
        { """{"set":{"":1}}""", "/set/", "pointer-to-root" },
        { """{"set":{"a":1}}""", "/set/a", "invalid-pointer" },
        { """{"set":{"/~2":1}}""", "/set/~1~02", "invalid-pointer" },
        { """{"set":[1]}""", "/set", "invalid" },
        { """{"unset":{"/a":1}}""", "/unset", "invalid" },
        { """{"unset":[7]}""", "/unset/0", "invalid-pointer" },
        { """{"set":{"/a":1},"unset":["/a/b"]}""", "", "pointers-overlap" },
        { """{"add":{"/a":[1]},"remove":{"/a":[1]}}""", "", "added-and-removed" },
        { """{"inc":{"/a":"1"}}""", "/inc/~1a", "not-a-number" },
        { """{"inc":{"/text":1}}""", "", "not-a-number" },
        { """{"add":{"/text":[1]}}""", "", "not-a-set" },
        { """{"set":{"/text/deep":1}}""", "", "not-an-object" },
        { """{"add":{"/a":1}}""", "/add/~1a", "invalid" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Push_ChangeThatIsNotSound_IsRejectedAloneAndItsNeighboursAreApplied(string member, string? json, string pointer, string reason)
    {
        using var client = new SyncClient(fixture.Stack, SyncClient.Unique("rejected"));
        var broken = client.Batch(Change.Put("notes", 5, "broken"))["changes"]![0]!.DeepClone().AsObject();
        (broken["seq"], client.NextSeq) = (2, 1);
        broken.Remove(member);
        if (json is not null)
            broken[member] = "@";

        var rejected = await AssertRejectedAsync(client, broken.ToJsonString().Replace("\"@\"", json, StringComparison.Ordinal), reason);

        Assert.StartsWith("/changes/1" + pointer, rejected, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(PatchFaults))]
    public async Task Push_PatchThatIsNotSound_IsRejectedAloneAndItsNeighboursAreApplied(string verbs, string pointer, string reason)
    {
        using var client = new SyncClient(fixture.Stack, SyncClient.Unique("rejected"));
        var broken = client.Batch(Change.Patch("notes", 1, null))["changes"]![0]!.DeepClone().AsObject();
        (broken["seq"], client.NextSeq) = (2, 1);
        foreach (var (name, verb) in JsonNode.Parse(verbs)!.AsObject())
            broken[name] = verb!.DeepClone();

        var rejected = await AssertRejectedAsync(client, broken.ToJsonString(), reason);

        Assert.StartsWith("/changes/1" + pointer, rejected, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Push_ValueAtEveryLimit_IsApplied()
    {
        using var client = new SyncClient(fixture.Stack, SyncClient.Unique("rejected"));
        string[] keys = ["1", "2", $"\"{new string('k', 1023)}\""];
        string[] values = [Nested("[", "1", "]", 64), $"\"{new string('v', 262_142)}\"", "3"];
        var body = client.Batch(Change.Put("notes", "@key0", "@value0"), Change.Put("notes", "@key1", "@value1"), Change.Put("notes", "@key2", "@value2")).ToJsonString();
        for (var i = 0; i < keys.Length; i++)
            body = body.Replace($"\"@key{i}\"", keys[i], StringComparison.Ordinal).Replace($"\"@value{i}\"", values[i], StringComparison.Ordinal);

        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await client.Http.PostAsync(new Uri("batches", UriKind.Relative), content, Cancel);
        var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync(Cancel))!;
        var changes = await client.Http.GetStringAsync(new Uri("changes", UriKind.Relative), Cancel);
        var snapshot = await client.Http.GetStringAsync(new Uri("snapshot", UriKind.Relative), Cancel);

        Assert.Equal(["applied", "applied", "applied"], answer["results"]!.AsArray().Select(result => (string?)result!["outcome"]));
        Assert.All(keys.Zip(values), record =>
        {
            Assert.Contains($"\"key\":{record.First},\"op\":\"put\",\"value\":{record.Second},", changes, StringComparison.Ordinal);
            Assert.Contains($"\"value\":{record.Second},", snapshot, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task Push_AtomicBatchWithARejectedChange_AppliesNothingAndAdvancesTheClient()
    {
        using var dataset = await SettledDataset.CreateAsync(fixture.Stack);
        var client = dataset.Client;
        client.NextSeq = 2;
        var batch = client.Batch(Change.Put("notes", 2, "second"), Change.Put("no~tes", 3, "third"), Change.Put("notes", 4, "fourth"));
        batch["atomic"] = true;

        var answer = await client.SendAsync(batch);

        Assert.DoesNotContain("applied", answer.Outcomes);
        Assert.Equal("invalid-store", (string?)answer.Results[1]!["reason"]);
        Assert.Equal(1, (long)(await client.GetAsync(""))["head"]!);
        Assert.Equal([2L], (await client.PushAsync(Change.Put("notes", 5, "fifth"))).Revs);
    }

    /// <summary>Pushes the change between two sound ones; where its fault is said to be.</summary>
    private static async Task<string> AssertRejectedAsync(SyncClient client, string change, string reason)
    {
        var first = Change.Put("notes", 1, new JsonObject { ["text"] = "first" });
        var last = Change.Put("notes", 3, "last");
        last["seq"] = 3;
        var batch = client.Batch(first, last);
        batch["changes"]!.AsArray().Insert(1, "@");
        using var content = new StringContent(batch.ToJsonString().Replace("\"@\"", change, StringComparison.Ordinal), Encoding.UTF8, "application/json");
        using var response = await client.Http.PostAsync(new Uri("batches", UriKind.Relative), content, Cancel);

        var answer = new PushAnswer(response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync(Cancel))!);
        Assert.True(answer.BatchStatus == "applied", answer.Body.ToJsonString());
        Assert.Equal(["applied", "rejected", "applied"], answer.Outcomes);
        Assert.True((string?)answer.Results[1]!["reason"] == reason, answer.Results[1]!.ToJsonString());
        Assert.NotEmpty((string)answer.Results[1]!["detail"]!);
        var pulled = await client.PullAsync();
        Assert.Equal(["1", "3"], pulled.Select(entry => entry["key"]!.ToJsonString()));
        Assert.Equal(["first", "last"], pulled.Select(entry => (string?)(entry["value"] is JsonObject record ? record["text"] : entry["value"])));
        client.NextSeq = 4;
        Assert.Equal([3L], (await client.PushAsync(Change.Put("notes", 4, "next"))).Revs);
        return (string)answer.Results[1]!["pointer"]!;
    }

    private static string Nested(string open, string inner, string close, int times) =>
        string.Concat(Enumerable.Repeat(open, times)) + inner + string.Concat(Enumerable.Repeat(close, times));

    private static string Repeated(string part, int times, string first) => first + string.Concat(Enumerable.Repeat(part, times));
}
