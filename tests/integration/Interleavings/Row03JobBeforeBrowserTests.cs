using MyriadSync.IntegrationTests.Scans;

namespace MyriadSync.IntegrationTests.Interleavings;

/// <summary>A job changes a record; before any scan a browser puts it on the old base: the job's change enters the log first, once, and the put is settled against it.</summary>
public sealed class Row03JobBeforeBrowserTests(SharedAzurite azurite)
{
    private const string Dataset = "row03";

    [Fact]
    public async Task Push_JobChangedTheRecordUnseen_IsSettledAgainstItAndTheScanFindsNothingLeft()
    {
        await using var app = await ScanApp.StartAsync(azurite);
        var (client, job) = (app.Client(Dataset), app.Job(Dataset));
        await client.PushAsync(client.Put("todos", "k", """{"title":"t"}"""));
        var written = (await job.ReadAsync("todos", "k"))["m:rev"].Timestamp + 1;
        await job.PutAsync("todos", "k", written, ("d:status", "\"done\""));
        await app.ReachAsync(written);

        client.ClockOffMs = 5000;
        var push = await client.PushAsync(client.Patch("todos", "k", """{"set":{"/title":"t2"}}""", on: 1));
        var scan = await app.ScanAsync();

        Assert.Equal("merged 3", Assert.Single(push.Outcomes).Split(" c")[0]);
        Assert.Equal(0, scan.Taken);
        Assert.Equal(
            ["""1 c1 {"title":"t"}""", """2 myriad {"status":"done","title":"t"}""", """3 c1 {"status":"done","title":"t2"}"""],
            (await client.PullAllAsync()).Select(entry => $"{entry.GetProperty("rev")} {entry.GetProperty("by")} {entry.GetProperty("value").GetRawText()}"));
    }
}
