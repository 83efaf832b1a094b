using System.Text.Json.Nodes;

namespace MyriadSync.IntegrationTests.Http;

[Collection<HttpApi>]
public sealed class SequenceTests(StackFixture fixture)
{
    [Theory]
    [InlineData(3)]
    [InlineData(9007199254740991)]
    public async Task Push_HoleBeforeTheBatch_TellsWhatIsExpected(long seq)
    {
        using var dataset = await SettledDataset.CreateAsync(fixture.Stack);
        var early = dataset.SoundBatch(seq);

        var refused = await dataset.Client.SendAsync(early);

        Assert.Equal((409, "sequence-gap", 2L), ((int)refused.Status, refused.Problem, (long)refused.Body["expectedSeq"]!));
        await dataset.AssertUntouchedAsync();
    }

    [Fact]
    public async Task Push_BatchThatOvertookAnother_GoesInUnderItsIdOnceTheOtherIsIn()
    {
        using var dataset = await SettledDataset.CreateAsync(fixture.Stack);
        var (first, second) = (dataset.SoundBatch(2), dataset.SoundBatch(3));

        var overtaking = await dataset.Client.SendAsync(second);
        var looked = await dataset.Client.StatusAsync((string)second["batchId"]!);
        var overtaken = await dataset.Client.SendAsync(first);
        var again = await dataset.Client.SendAsync(second);

        Assert.Equal("sequence-gap", overtaking.Problem);
        Assert.Equal("not-found", looked.Problem);
        Assert.Equal([2L], overtaken.Revs);
        Assert.Equal([3L], again.Revs);
    }

    [Fact]
    public async Task Push_UnknownClientThatDoesNotBeginAtOne_IsRefused()
    {
        using var dataset = await SettledDataset.CreateAsync(fixture.Stack);
        using var stranger = new SyncClient(fixture.Stack, dataset.Client.Dataset) { NextSeq = 7 };

        var refused = await stranger.PushAsync(Change.Put("notes", 7, "seven"));
        stranger.NextSeq = 1;

        Assert.Equal((409, "client-unknown", 1L), ((int)refused.Status, refused.Problem, (long)refused.Body["expectedSeq"]!));
        await dataset.AssertUntouchedAsync();
        Assert.Equal([2L], (await stranger.PushAsync(Change.Put("notes", 7, "seven"))).Revs);
    }

    [Theory]
    [InlineData("value")]
    [InlineData("key")]
    [InlineData("atomic")]
    [InlineData("more-changes")]
    [InlineData("next-seq")]
    public async Task Push_BatchIdWithAnotherBody_IsRefused(string difference)
    {
        using var dataset = await SettledDataset.CreateAsync(fixture.Stack);
        var batch = dataset.SoundBatch();
        await dataset.Client.SendAsync(batch);
        var head = await HeadAsync(dataset.Client);
        var other = Differing(dataset, batch, difference);

        var refused = await dataset.Client.SendAsync(other);
        var same = await dataset.Client.SendAsync(batch);

        Assert.Equal((422, "batch-id-reused"), ((int)refused.Status, refused.Problem));
        Assert.Equal(head, await HeadAsync(dataset.Client));
        Assert.Equal([2L], same.Revs);
        Assert.Equal([3L], (await dataset.Client.SendAsync(dataset.SoundBatch(3))).Revs);
    }

    [Fact]
    public async Task Push_BatchIdWithAnotherBodyWhileTheFirstIsUnderWay_IsRefused()
    {
        using var dataset = await SettledDataset.CreateAsync(fixture.Stack);
        using var gate = fixture.Stack.Emulator!.Faults.Gate(null, $"{dataset.Client.Dataset}~");
        var batch = dataset.SoundBatch();

        var accepted = await dataset.Client.SendAsync(batch, "respond-async");
        var refused = await dataset.Client.SendAsync(Differing(dataset, batch, "value"), "respond-async");
        gate.Dispose();
        var settled = await dataset.Client.SendAsync(batch);

        Assert.Equal("accepted", accepted.BatchStatus);
        Assert.Equal((422, "batch-id-reused"), ((int)refused.Status, refused.Problem));
        Assert.Equal([2L], settled.Revs);
    }

    [Fact]
    public async Task Push_SeqWithAnotherContent_IsAForkedClient()
    {
        using var dataset = await SettledDataset.CreateAsync(fixture.Stack);
        var fork = dataset.Client.Batch(WithSeq(Change.Put("notes", 1, "another first"), 1), WithSeq(Change.Put("notes", 2, "second"), 2));

        var refused = await dataset.Client.SendAsync(fork);

        Assert.Equal((409, "client-forked"), ((int)refused.Status, refused.Problem));
        await dataset.AssertGoesOnAsync();
    }

    [Fact]
    public async Task Push_AnotherEpoch_IsRefused()
    {
        using var dataset = await SettledDataset.CreateAsync(fixture.Stack);
        var batch = dataset.SoundBatch();
        batch["epoch"] = new string('a', 32);

        var refused = await dataset.Client.SendAsync(batch);

        Assert.Equal((409, "epoch-changed"), ((int)refused.Status, refused.Problem));
        await dataset.AssertGoesOnAsync();
    }

    private static JsonObject Differing(SettledDataset dataset, JsonObject batch, string difference)
    {
        var other = difference == "next-seq" ? dataset.SoundBatch(3) : (JsonObject)batch.DeepClone();
        var changes = other["changes"]!.AsArray();
        other["batchId"] = (string)batch["batchId"]!;
        switch (difference)
        {
            case "value" or "key":
                changes[0]![difference] = "something else";
                break;
            case "atomic":
                other["atomic"] = true;
                break;
            case "more-changes":
                changes.Add(dataset.SoundBatch(3)["changes"]![0]!.DeepClone());
                break;
        }

        return other;
    }

    private static JsonObject WithSeq(JsonObject change, long seq)
    {
        change["seq"] = seq;
        return change;
    }

    private static async Task<long> HeadAsync(SyncClient client) => (long)(await client.GetAsync(""))["head"]!;
}
