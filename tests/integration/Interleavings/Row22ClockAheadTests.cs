using MyriadSync.IntegrationTests.Scans;
using MyriadSync.MyriadEmulator.Faults;

namespace MyriadSync.IntegrationTests.Interleavings;

/// <summary>The region server's clock is five seconds ahead; a job deletes the family of a record's fields; a browser puts the record: it is visible, and stays.</summary>
public sealed class Row22ClockAheadTests(SharedAzurite azurite)
{
    private const string Dataset = "row22";

    [Fact]
    public async Task Push_JobDeletedTheFieldsWithAClockAhead_IsSeenOnTheClusterAndStays()
    {
        await using var app = await ScanApp.StartAsync(azurite);
        app.Gates.Stack.Emulator!.Faults.Current = new FaultSet { ClockSkewMs = 5000 };
        var (client, job) = (app.Client(Dataset), app.Job(Dataset));
        await client.PushAsync(client.Put("todos", "k", """{"title":"t"}"""));
        await job.DeleteAsync("todos", "k", "d");

        // By the cluster's clock the browser's edit is the later one.
        client.ClockOffMs = 20_000;
        var push = await client.PushAsync(client.Put("todos", "k", """{"title":"t2"}""", on: 1));
        var scans = (await app.ScanAsync(), await app.ScanAsync());

        Assert.Equal("applied", push.BatchStatus);
        Assert.Equal("d:title=\"t2\"", await job.FieldsAsync("todos", "k"));
        Assert.Equal((0, 0), (scans.Item1.Taken, scans.Item2.Taken));
        Assert.Equal("""{"title":"t2"}""", (await client.PullAllAsync())[^1].GetProperty("value").GetRawText());
    }
}
