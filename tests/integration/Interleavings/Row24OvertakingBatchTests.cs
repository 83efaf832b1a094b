namespace MyriadSync.IntegrationTests.Interleavings;

/// <summary>B2 (changes 3-4) overtakes B1 (changes 1-2 after one that is settled).</summary>
public sealed class Row24OvertakingBatchTests(StackFixture fixture) : IClassFixture<StackFixture>
{
    [Fact]
    public async Task Push_BatchOvertakesAnother_LeavesNothingBehindAndSucceedsAfterIt()
    {
        using var client = new DatasetClient(fixture.Stack, "row24");
        await client.PushAsync(client.Put("todos", "k", """{"n":0}"""));
        var first = client.Batch([client.Put("todos", "k", """{"n":1}""", on: 1), client.Put("todos", "l", "{}")]);
        var second = client.Batch([client.Put("todos", "k", """{"n":2}""", on: 1), client.Put("todos", "m", "{}")]);

        var early = await client.SendAsync(second);
        var status = await client.StatusAsync(second);
        var between = await client.DatasetAsync();
        var b1 = await client.SendAsync(first);
        var b2 = await client.SendAsync(second);

        Assert.Equal((409, "sequence-gap", 2), (early.Status, early.Problem, early.Number("expectedSeq")));
        Assert.Equal(404, status.Status);
        Assert.Equal(1, between.Number("head"));
        Assert.Equal(["applied 2", "applied 3"], b1.Outcomes);
        Assert.Equal(["applied 4", "applied 5"], b2.Outcomes);
        Assert.Equal("4 {\"n\":2}", $"{(await client.RecordAsync("todos", "k")).Number("rev")} {(await client.RecordAsync("todos", "k")).Json.GetProperty("value")}");
        Assert.Equal(5, (await client.DatasetAsync()).Number("head"));
    }

    [Fact]
    public async Task Push_FirstBatchOfAnUnknownClientIsOvertaken_SaysWhereToBegin()
    {
        using var client = new DatasetClient(fixture.Stack, "row24-unknown");
        var first = client.Batch([client.Put("todos", "k", """{"n":1}""")]);
        var second = client.Batch([client.Put("todos", "k", """{"n":2}""")]);

        var early = await client.SendAsync(second);
        var b1 = await client.SendAsync(first);
        var b2 = await client.SendAsync(second);

        Assert.Equal((409, "client-unknown", 1), (early.Status, early.Problem, early.Number("expectedSeq")));
        Assert.Equal(["applied 1"], b1.Outcomes);
        Assert.Equal(["applied 2"], b2.Outcomes);
    }
}
