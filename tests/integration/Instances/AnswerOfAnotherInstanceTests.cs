namespace MyriadSync.IntegrationTests.Instances;

/// <summary>An instance answers for what another one committed.</summary>
public sealed class AnswerOfAnotherInstanceTests(SharedAzurite azurite)
{
    private const string Dataset = "another-instance";

    [Fact]
    public async Task Push_FirstCommitWasMadeElsewhere_AnswerIsTheSame()
    {
        await using var x = await GatedApp.StartAsync(azurite);
        await using var y = await GatedApp.StartAsync(azurite, beside: x);
        var (throughX, throughY) = (x.Api(Dataset), y.Api(Dataset));
        // Now it remembers a log without a commit.
        Assert.Equal(404, (int)(await throughX.RecordAsync("a")).Status);
        var ada = new WireClient("ada");
        var batch = ada.Batch("b1", ada.Put("a", new { n = 1 }));

        var original = await throughY.PushToEndAsync(batch);
        var repeated = await throughX.PushToEndAsync(batch);

        Assert.NotNull(original.Text("cursor"));
        Assert.Equal(original.Text("cursor"), repeated.Text("cursor"));
        Assert.Equal("applied", repeated.BatchStatus);
        Assert.Equal([1L], repeated.Revs);
    }
}
