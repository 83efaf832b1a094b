namespace MyriadSync.IntegrationTests.Interleavings;

/// <summary>k@1 is another client's; offline edits 1 and 2 both have base 1, in one batch and in two.</summary>
public sealed class Row21OwnEditsTests(StackFixture fixture) : IClassFixture<StackFixture>
{
    /// <summary>Verbs of two edits and the value after them; the clock says by how much the client's is off.</summary>
    public static TheoryData<string, long, string> Edits => new()
    {
        { "patches", 0, """{"n":1,"x":"1","y":"2"}""" },
        { "puts", 0, """{"y":"2"}""" },
        { "patches", -3_600_000, """{"n":1,"x":"1","y":"2"}""" },
        { "puts", -3_600_000, """{"y":"2"}""" },
    };

    [Theory]
    [MemberData(nameof(Edits))]
    public async Task Push_TwoEditsOnTheSameBaseInOneBatch_DoNotConflict(string kind, long clockOffMs, string expected)
    {
        var dataset = $"row21-one-{kind}{clockOffMs}";
        using var client = await StartAsync(dataset, clockOffMs);

        var push = await client.PushAsync(Edit(client, kind, "x", 1), Edit(client, kind, "y", 2));

        Assert.Equal(["applied 2", "applied 2"], push.Outcomes);
        Assert.Equal(expected, await ValueAsync(client));
    }

    [Theory]
    [MemberData(nameof(Edits))]
    public async Task Push_TwoEditsOnTheSameBaseInTwoBatches_DoNotConflict(string kind, long clockOffMs, string expected)
    {
        var dataset = $"row21-two-{kind}{clockOffMs}";
        using var client = await StartAsync(dataset, clockOffMs);

        var first = await client.PushAsync(Edit(client, kind, "x", 1));
        var second = await client.PushAsync(Edit(client, kind, "y", 2));

        Assert.Equal(["applied 2"], first.Outcomes);
        Assert.True(second.Outcomes is ["applied 3" or "merged 3"], second.ToString());
        Assert.Equal(expected, await ValueAsync(client));
    }

    private async Task<DatasetClient> StartAsync(string dataset, long clockOffMs)
    {
        using var other = new DatasetClient(fixture.Stack, dataset, "other");
        await other.PushAsync(other.Put("todos", "k", """{"n":1}"""));
        return new DatasetClient(fixture.Stack, dataset, "me") { ClockOffMs = clockOffMs };
    }

    private static System.Text.Json.Nodes.JsonObject Edit(DatasetClient client, string kind, string field, int value) => kind == "puts"
        ? client.Put("todos", "k", $$"""{"{{field}}":"{{value}}"}""", on: 1)
        : client.Patch("todos", "k", $$$"""{"set":{"/{{{field}}}":"{{{value}}}"}}""", on: 1);

    private static async Task<string> ValueAsync(DatasetClient client) => (await client.RecordAsync("todos", "k")).Json.GetProperty("value").GetRawText();
}
