using MyriadSync.IntegrationTests.Myriad;
using MyriadSync.IntegrationTests.Rebuild;
using MyriadSync.IntegrationTests.Scans;

namespace MyriadSync.IntegrationTests.Interleavings;

/// <summary>Tables are put back from a backup: the head goes from 500 to 480, and a client has cursor 500. A new epoch, 410; nothing is skipped, nothing masked.</summary>
public abstract class Row30RestoredTablesTests(SharedAzurite azurite, RecordStoreHost? host)
{
    private const string Dataset = "row30";
    private const int Records = 96;

    [Fact]
    public async Task Rebuild_TablesOfAnOlderBackup_SkipsAndMasksNothing()
    {
        await using var app = await ScanApp.StartAsync(azurite, host);
        var (client, job) = (app.Client(Dataset), app.Job(Dataset));
        for (var round = 0; round < 5; round++)
            await client.PushAsync([.. Enumerable.Range(0, Records).Select(n => client.Put("todos", Key(n), $$"""{"round":{{round}}}""", on: round == 0 ? null : Rev(round - 1, n)))]);
        var backup = await TableCopy.TakeAsync(app.Gates.Tables());
        await CommitLostOnesAsync(client);
        var (truth, cursor) = (await client.SnapshotAsync("limit=1000"), (await client.DatasetAsync()).Number("head"));
        var since = truth.Text("cursor");

        var rebuilt = await RebuildRun.RestoreAsync(app.Gates, backup);
        var gone = await client.PullAsync(since);
        var snapshot = await client.SnapshotAsync("limit=1000");
        var unknown = await client.PushAsync(client.Patch("todos", Key(0), """{"inc":{"/n":1}}""", on: 481));
        var before = await job.ReadAsync("todos", Key(1));
        var anew = app.Client(Dataset, "c2");
        var edits = await anew.PushAsync(anew.Patch("todos", Key(1), """{"set":{"/round":"new"}}""", on: 482), anew.Put("todos", Key(19), """{"again":true}""", on: 500));
        var (scan, audit) = (await app.ScanAsync(), await app.AuditAsync());

        Assert.Equal(500, cursor);
        var log = Assert.Single(rebuilt.Datasets);
        Assert.Equal((480L, 500L, (long)Records), (log.OldSeq, log.HighestRev, log.Rows));
        Assert.Equal((410, "epoch"), (gone.Status, gone.Text("reason")));
        Assert.Equal(truth.Records, snapshot.Records);
        Assert.Equal((409, "client-unknown"), (unknown.Status, unknown.Problem));
        Assert.Equal("applied", edits.BatchStatus);
        Assert.Equal([$"applied {log.Seq + 1}", $"applied {log.Seq + 2}"], edits.Outcomes);
        Assert.Equal("d:n=1 d:round=\"new\"", await job.FieldsAsync("todos", Key(1)));
        Assert.Equal("d:again=true", await job.FieldsAsync("todos", Key(19)));
        Assert.True((await job.ReadAsync("todos", Key(1)))["m:rev"].Timestamp > before["m:rev"].Timestamp);
        Assert.Equal([log.Seq + 1, log.Seq + 2], (await anew.PullAllAsync(snapshot.Text("cursor"))).Select(entry => entry.GetProperty("rev").GetInt64()));
        Assert.Equal((0, 0L, 0L), (scan.Taken, audit.Changed, audit.Gone));
    }

    /// <summary>20 commits, 481 to 500: increments of 18 records, a change of the next, and the deletion of the one after it.</summary>
    private static async Task CommitLostOnesAsync(DatasetClient client)
    {
        for (var n = 0; n < 18; n++)
            await client.PushAsync(client.Patch("todos", Key(n), """{"inc":{"/n":1}}""", on: Rev(4, n)));
        await client.PushAsync(client.Patch("todos", Key(18), """{"unset":["/round"],"set":{"/x":1}}""", on: Rev(4, 18)));
        await client.PushAsync(client.Delete("todos", Key(19), on: Rev(4, 19)));
    }

    private static string Key(int n) => $"k{n:D2}";

    private static long Rev(int round, int n) => (round * Records) + n + 1;
}

public sealed class Row30RestoredTablesOnEmulatorTests(SharedAzurite azurite) : Row30RestoredTablesTests(azurite, null);

[Collection(RealHBase.Name)]
public sealed class Row30RestoredTablesOnRealHBaseTests(SharedAzurite azurite, RealHBaseHost host) : Row30RestoredTablesTests(azurite, host);
