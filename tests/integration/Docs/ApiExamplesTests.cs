using System.Text.Json;
using System.Text.Json.Nodes;
using MyriadSync.Contracts;
using MyriadSync.Triggers.Http;

namespace MyriadSync.IntegrationTests.Docs;

/// <summary>Replays every example of docs/API.md, in its order, and holds the answers to the text and to docs/openapi.json.</summary>
public sealed class ApiExamplesTests(SharedAzurite azurite)
{
    /// <summary>What takes more than an example to come about; the tests of these features look at it.</summary>
    private static readonly string[] ShownElsewhere =
    [
        "Entry/cause", "Record/held", "Change/set", "Change/unset", "Change/inc", "Change/add", "Change/remove",
        "Problem/waitingFor", "Conflict/hidden", "ConflictPage/nextPage", "ConflictSide/deleted", "Conflict/ours/deleted", "RedriveAnswer/waitingFor", "RedriveAnswer/nextPage", "PoisonPage/nextPage",
        "PoisonEntry/heldRev", "PoisonEntry/queue", "PoisonEntry/message", "PoisonEntry/hidden",
        "PoisonEntry/settled/outcome", "PoisonEntry/settled/rev", "PoisonEntry/settled/conflictId",
        "Cluster/warning", "Cluster/services[]/limit", "FlexAnswer/warning", "RxDbPullStream", "Audits/tables[]/endedAt",
    ];

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly IReadOnlyList<ApiExample> Examples = ApiExample.Read(File.ReadAllText(Path.Combine(Repository.Root, "docs", "API.md")));

    [Fact]
    public async Task Examples_OnAFreshStack_AreAnsweredAsDocumented()
    {
        await using var stage = await ExampleStage.StartAsync(azurite);
        var schema = new ApiSchema();
        var faults = new List<string>();

        foreach (var example in Examples)
        {
            var found = await PlayAsync(stage, schema, example);
            faults.AddRange(found.Select(fault => $"{example}\n    {fault}"));
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
        Assert.True(schema.Unseen.ToHashSet().SetEquals(ShownElsewhere), $"Not shown by any example: {string.Join(' ', schema.Unseen)}");
    }

    [Fact]
    public void Problems_EachHaveAnExampleInTheirSection()
    {
        var shown = Examples.Where(example => Code(example) == example.Section).Select(example => example.Section);

        Assert.Empty(ProblemCatalog.Codes.Except(shown));
    }

    [Fact]
    public void Outcomes_EachHaveAnExample()
    {
        var shown = Examples.SelectMany(example => (example.AnswerJson as JsonObject)?["results"]?.AsArray() ?? []).Select(result => (string)result!["outcome"]!);

        Assert.Empty(Enum.GetValues<Outcome>().Select(WireNames.Of).Except(shown));
    }

    /// <summary>An example that is marked <c>eventually</c> is asked again until it is answered so.</summary>
    private static async Task<IReadOnlyList<string>> PlayAsync(ExampleStage stage, ApiSchema schema, ApiExample example)
    {
        using var matter = await stage.SetAsync(example);
        var begin = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var answer = await stage.SendAsync(example);
            var difference = Difference(example, answer.Status, answer.Body)
                ?? example.AnswerHeaders.Where(header => !(answer.Headers.TryGetValues(header.Key, out var values) && AnswerPattern.IsLike(header.Value, string.Join(", ", values))))
                    .Select(header => $"{header.Key} is not {header.Value}").FirstOrDefault();
            if (difference is null)
                return schema.Check(example.Method, example.Address.Split('?')[0], answer.Status, answer.Media, Json(answer.Body));
            if (!example.Words.ContainsKey("eventually") || TimeProvider.System.GetElapsedTime(begin) > Patience)
                return [$"{difference}\n    whole answer: {answer.Status} {answer.Body}"];
        }
    }

    private static string? Difference(ApiExample example, int status, string body)
    {
        if (status != example.Status)
            return $"documented {example.Status}, answered {status}";
        if (example.AnswerJson is { } documented)
            return AnswerPattern.Difference(documented, JsonNode.Parse(body));
        return AnswerPattern.IsLike(example.Answer, body) ? null : $"documented {example.Answer}";
    }

    /// <summary>Clients of RxDB get a problem as text, its code first.</summary>
    private static string? Code(ApiExample example) =>
        example.AnswerJson is { } answer ? ((string?)(answer as JsonObject)?["type"])?.Split('/')[^1] : example.Answer.Split(':')[0];

    private static JsonElement? Json(string body) => body.StartsWith('{') || body.StartsWith('[') ? JsonDocument.Parse(body).RootElement : null;
}
