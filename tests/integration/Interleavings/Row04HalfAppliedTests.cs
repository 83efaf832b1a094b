using MyriadSync.IntegrationTests.Myriad;
using MyriadSync.IntegrationTests.Scans;
using MyriadSync.Myriad;

namespace MyriadSync.IntegrationTests.Interleavings;

/// <summary>
/// A commit is half on the cluster: its cells are put, and what it deletes is still there. Whoever reads the row now sees nothing of a job's, also if the
/// writer died at that point; what a job really wrote waits until the commit is there.
/// </summary>
public abstract class Row04HalfAppliedTests(SharedAzurite azurite, RecordStoreHost? host)
{
    private const string Dataset = "row04";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <param name="delete">The record is deleted; else one field of it.</param>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Scan_CellsArePutAndNotYetDeleted_SeesNoJobsWork(bool delete)
    {
        await using var x = await ScanApp.StartAsync(azurite, host);
        await using var y = await ScanApp.StartAsync(azurite, host, beside: x);
        var (client, job) = (x.Client(Dataset), x.Job(Dataset));
        await client.PushAsync(client.Put("todos", "k", """{"due":"d","title":"t"}"""));
        using var writes = Writes(x);

        await client.SendAsync(client.Batch([delete ? client.Delete("todos", "k", on: 1) : client.Patch("todos", "k", """{"unset":["/due"]}""", on: 1)]), "wait=0");
        var write = await HalfAsync(x, await writes.NextAsync());
        var half = await job.FieldsAsync("todos", "k");
        var (same, other) = (await x.ScanAsync(), await y.ScanAsync());
        write.Continue();
        await write.Done;
        var after = await y.ScanAsync();

        Assert.Equal("d:due=\"d\" d:title=\"t\"", half);
        Assert.Equal((0, 0, 0), (same.Taken, other.Taken, after.Taken));
        Assert.Equal(delete ? "" : "d:title=\"t\"", await job.FieldsAsync("todos", "k"));
        Assert.DoesNotContain(await client.PullAllAsync(), entry => entry.GetProperty("by").GetString() == "myriad");
    }

    [Fact]
    public async Task Scan_JobWritesWhileACommitIsHalfApplied_TakesItsWorkOnceTheCommitIsThere()
    {
        await using var x = await ScanApp.StartAsync(azurite, host);
        await using var y = await ScanApp.StartAsync(azurite, host, beside: x);
        var (client, job) = (x.Client(Dataset), x.Job(Dataset));

        // The job is the later one also where the cluster's clock was measured some milliseconds behind this machine's.
        client.ClockOffMs = -10_000;
        await client.PushAsync(client.Put("todos", "k", """{"due":"d","title":"t"}"""));
        using var writes = Writes(x);

        await client.SendAsync(client.Batch([client.Patch("todos", "k", """{"unset":["/due"]}""", on: 1)]), "wait=0");
        var write = await HalfAsync(x, await writes.NextAsync());
        var commitTs = (await job.ReadAsync("todos", "k"))["m:rev"].Timestamp;
        await job.PutAsync("todos", "k", commitTs + 1, ("d:status", "\"done\""));
        await x.ReachAsync(commitTs + 1);
        var (same, other) = (await x.ScanAsync(), await y.ScanAsync());
        write.Continue();
        await write.Done;
        await Eventually.TrueAsync("the commit is on the cluster", async () => (await client.DatasetAsync()).Number("applied") == 2, TimeSpan.FromSeconds(60));
        var (after, last) = (await x.ScanAsync(), await y.ScanAsync());

        Assert.Equal((0, 1, 0, 1), (same.Taken, same.Deferred, other.Taken, other.Deferred));
        Assert.Equal((1, 0), (after.Taken, last.Taken));
        Assert.Equal("""{"status":"done","title":"t"}""", (await client.PullAllAsync())[^1].GetProperty("value").GetRawText());
        Assert.Equal("d:status=\"done\" d:title=\"t\"", await job.FieldsAsync("todos", "k"));
    }

    private static CallGate Writes(ScanApp app) => app.Gates.Store.Gate(nameof(IRecordStore.WriteAsync), when: puts => ((IReadOnlyList<RowPut>)puts).Any(put => put.Key.StartsWith(Dataset, StringComparison.Ordinal)), atMost: 1);

    /// <summary>Carries out what a held write puts, and leaves its deletes for when it goes on.</summary>
    private static async Task<GatedCall> HalfAsync(ScanApp app, GatedCall write)
    {
        var answer = await app.Gates.Services.Get<IRecordStore>().WriteAsync(app.Table, (IReadOnlyList<RowPut>)write.Argument, [], Cancel);
        Assert.Equal((StoreFault.None, 0), (answer.Fault, answer.Refused.Count));
        return write;
    }
}

public sealed class Row04HalfAppliedOnEmulatorTests(SharedAzurite azurite) : Row04HalfAppliedTests(azurite, null);

[Collection(RealHBase.Name)]
public sealed class Row04HalfAppliedOnRealHBaseTests(SharedAzurite azurite, RealHBaseHost host) : Row04HalfAppliedTests(azurite, host);
