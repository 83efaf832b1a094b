using MyriadSync.ChangeLog;
using MyriadSync.IntegrationTests.Myriad;
using MyriadSync.IntegrationTests.Scans;

namespace MyriadSync.IntegrationTests.Interleavings;

/// <summary>
/// A job sets status to running; the scan reads the row; the job sets it to done, before the timestamp that the scan's commit has; the commit is made and
/// applied: browsers see done, and nothing of the job's is masked.
/// </summary>
public abstract class Row02JobEditsTwiceTests(SharedAzurite azurite, RecordStoreHost? host)
{
    private const string Dataset = "row02";

    [Fact]
    public async Task Scan_JobEditsAgainBeforeTheCommit_ShowsTheSecondEditAndMasksNothing()
    {
        await using var app = await ScanApp.StartAsync(azurite, host);
        var (client, job) = (app.Client(Dataset), app.Job(Dataset));
        await client.PushAsync(client.Put("todos", "k", """{"status":"new","title":"t"}"""));
        var committed = (await job.ReadAsync("todos", "k"))["d:status"].Timestamp;
        await job.PutAsync("todos", "k", committed + 1, ("d:status", "\"running\""));
        await job.PutAsync("todos", "k", committed + 9, ("d:note", "1"));
        await app.ReachAsync(committed + 9);
        using var commits = app.Gates.Log.Gate(nameof(IChangeLog.CommitAsync), atMost: 1);

        var scanning = app.ScanAsync();
        var commit = await commits.NextAsync();
        var second = ((Commit)commit.Argument).CommitTs - 1;
        await job.PutAsync("todos", "k", second, ("d:status", "\"done\""));
        commit.Continue();
        var first = await scanning;
        var after = await job.ReadAsync("todos", "k");
        await app.ReachAsync(after["m:rev"].Timestamp);
        var next = await app.ScanAsync();
        var last = await app.ScanAsync();

        Assert.Equal((1, 1, 0), (first.Taken, next.Taken, last.Taken));
        Assert.Equal(("\"done\"", second), after["d:status"]);
        Assert.Equal(
            ["""{"status":"new","title":"t"}""", """{"note":1,"status":"running","title":"t"}""", """{"note":1,"status":"done","title":"t"}"""],
            (await client.PullAllAsync()).Select(entry => entry.GetProperty("value").GetRawText()));
        Assert.Equal("d:note=1 d:status=\"done\" d:title=\"t\"", await job.FieldsAsync("todos", "k"));
    }
}

public sealed class Row02JobEditsTwiceOnEmulatorTests(SharedAzurite azurite) : Row02JobEditsTwiceTests(azurite, null);

[Collection(RealHBase.Name)]
public sealed class Row02JobEditsTwiceOnRealHBaseTests(SharedAzurite azurite, RealHBaseHost host) : Row02JobEditsTwiceTests(azurite, host);
