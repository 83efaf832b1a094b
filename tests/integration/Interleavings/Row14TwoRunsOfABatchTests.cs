using MyriadSync.ChangeLog;
using MyriadSync.Myriad;

namespace MyriadSync.IntegrationTests.Interleavings;

/// <summary>Run 2 of a batch reads the client's row (40); run 1 commits 41-50; run 2 reads the new head: committed once, and the counters are right.</summary>
public sealed class Row14TwoRunsOfABatchTests(SharedAzurite azurite)
{
    private const string Dataset = "row14";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>
    /// For the second run to read the head anew between its two tries, without looking at the client's row again, the row on the cluster has to be
    /// newer than what its instance knows of the log: somebody else changes the record first.
    /// </summary>
    [Fact]
    public async Task Push_RunThatKnowsAnOldClientRowReadsTheNewHead_CommitsNothingTwice()
    {
        await using var x = await GatedApp.StartAsync(azurite);
        await using var y = await GatedApp.StartAsync(azurite, beside: x);
        var (throughX, throughY, client, other) = (x.Api(Dataset), y.Api(Dataset), new WireClient("c1"), new WireClient("c2"));
        await throughY.PushToEndAsync(client.Batch("b1", Enumerable.Range(1, 40).Select(n => client.Put($"k{n}", new { n = 0 }))));
        await throughX.PushToEndAsync(other.Batch("b1", other.Inc("k1", "n", 1000, 1)));
        var batch = client.Batch("b2", Enumerable.Range(1, 10).Select(_ => client.Inc("k1", "n", 1, 41)));
        using var reads = y.Store.Gate(nameof(IRecordStore.ReadAsync), CallSide.After, atMost: 1);

        var second = throughY.PushAsync(batch);
        var read = await reads.NextAsync();
        using var clients = y.Log.Gate(nameof(IChangeLog.ReadClientAsync), CallSide.After, atMost: 1);
        using var commits = y.Log.Gate(nameof(IChangeLog.CommitAsync));
        read.Continue();
        var old = await clients.NextAsync();
        var first = await throughX.PushToEndAsync(batch);
        old.Continue();
        var attempt = await commits.NextAsync();
        commits.Dispose();
        var answer = await second;

        Assert.Equal(42, ((Commit)attempt.Argument).Head!.Seq);
        Assert.Equal(Enumerable.Repeat("applied", 10), first.Outcomes);
        Assert.Equal(first.Results.Select(result => result.GetRawText()), answer.Results.Select(result => result.GetRawText()));
        Assert.Equal("""{"n":1010}""", (await throughY.RecordAsync("k1")).Body.GetProperty("value").GetRawText());
        Assert.Equal("1010", x.Cluster.Fields(Dataset, "k1")["n"]);
        Assert.Equal(42, (await x.OpenLog().ReadHeadAsync(Dataset, Cancel))!.Seq);
        Assert.Equal(50, (await x.OpenLog().ReadClientAsync(Dataset, "c1", Cancel))!.LastClientSeq);
    }

    /// <summary>Both runs have resolved the batch and stand before their transactions.</summary>
    [Fact]
    public async Task Push_BothRunsAreAboutToCommit_OneDoes()
    {
        await using var x = await GatedApp.StartAsync(azurite);
        await using var y = await GatedApp.StartAsync(azurite, beside: x);
        var (throughX, throughY, client) = (x.Api(Dataset), y.Api(Dataset), new WireClient("c1"));
        await throughX.PushToEndAsync(client.Batch("b1", client.Put("k1", new { n = 0 })));
        var batch = client.Batch("b2", Enumerable.Range(1, 10).Select(_ => client.Inc("k1", "n", 1, 1)));
        using var commitsX = x.Log.Gate(nameof(IChangeLog.CommitAsync), atMost: 1);
        using var commitsY = y.Log.Gate(nameof(IChangeLog.CommitAsync), atMost: 1);

        var pushes = new[] { throughX.PushToEndAsync(batch), throughY.PushToEndAsync(batch) };
        var held = new[] { await commitsX.NextAsync(), await commitsY.NextAsync() };
        Array.ForEach(held, commit => commit.Continue());
        var answers = await Task.WhenAll(pushes);

        Assert.All(answers, answer => Assert.Equal(Enumerable.Repeat("applied", 10), answer.Outcomes));
        Assert.Equal("10", x.Cluster.Fields(Dataset, "k1")["n"]);
        var segments = await x.OpenLog().ReadSegmentsAsync(Dataset, 0, 2, int.MaxValue, Cancel);
        Assert.Equal(["b1", "b2"], segments!.Select(segment => segment.BatchId));
        Assert.Equal(2, (await x.OpenLog().ReadHeadAsync(Dataset, Cancel))!.Seq);
    }

    /// <summary>A commit is carried out, and its reply lost: the run finds it and does not commit again.</summary>
    [Fact]
    public async Task Push_ReplyOfCommitIsLost_CommittedOnce()
    {
        await using var app = await GatedApp.StartAsync(azurite);
        var (api, client) = (app.Api(Dataset), new WireClient("c1"));
        await api.PushToEndAsync(client.Batch("b1", client.Put("k1", new { n = 0 })));
        using var commits = app.Log.Gate(nameof(IChangeLog.CommitAsync), CallSide.After, atMost: 1);
        var batch = client.Batch("b2", client.Inc("k1", "n", 1, 1));

        var pushing = api.PushToEndAsync(batch);
        (await commits.NextAsync()).Fail(new Contracts.StorageUnavailableException("The reply is lost.", new IOException()));
        var answer = await pushing;

        Assert.Equal(["applied"], answer.Outcomes);
        Assert.Equal("1", app.Cluster.Fields(Dataset, "k1")["n"]);
        Assert.Equal(2, (await app.OpenLog().ReadHeadAsync(Dataset, Cancel))!.Seq);
    }
}
