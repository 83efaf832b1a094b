using MyriadSync.IntegrationTests.Myriad;
using MyriadSync.IntegrationTests.Scans;

namespace MyriadSync.IntegrationTests.Interleavings;

/// <summary>A job puts on a tombstone, marks a record as deleted with its fields left, and writes a counter: recreated; deleted; the counter is the job's value, and later increments add to it.</summary>
public abstract class Row37WhatJobsMayDoTests(SharedAzurite azurite, RecordStoreHost? host)
{
    private const string Dataset = "row37";

    [Fact]
    public async Task Scan_JobPutsOnATombstone_CreatesTheRecordAnew()
    {
        await using var app = await ScanApp.StartAsync(azurite, host);
        var (client, job) = (app.Client(Dataset), app.Job(Dataset));
        await client.PushAsync(client.Put("todos", "k", """{"old":1,"title":"t"}"""));
        await client.PushAsync(client.Delete("todos", "k", on: 1));
        var written = (await job.ReadAsync("todos", "k"))["m:deleted"].Timestamp + 1;
        await job.PutAsync("todos", "k", written, ("d:title", "\"back\""));
        await app.ReachAsync(written);

        var (first, second) = (await app.ScanAsync(), await app.ScanAsync());

        Assert.Equal((1, 0), (first.Taken, second.Taken));
        Assert.Equal("""{"title":"back"}""", (await client.PullAllAsync())[^1].GetProperty("value").GetRawText());
        Assert.Equal("0", (await job.ReadAsync("todos", "k"))["m:deleted"].Value);
    }

    [Fact]
    public async Task Scan_JobMarksARecordAsDeleted_DeletesItWithItsFields()
    {
        await using var app = await ScanApp.StartAsync(azurite, host);
        var (client, job) = (app.Client(Dataset), app.Job(Dataset));
        await client.PushAsync(client.Put("todos", "k", """{"title":"t"}"""));
        var written = (await job.ReadAsync("todos", "k"))["m:deleted"].Timestamp + 1;
        await job.PutAsync("todos", "k", written, ("m:deleted", "1"));
        await app.ReachAsync(written);

        var (first, second) = (await app.ScanAsync(), await app.ScanAsync());

        var entry = (await client.PullAllAsync())[^1];
        Assert.Equal((1, 0), (first.Taken, second.Taken));
        Assert.Equal(("delete", "myriad", 2), (entry.GetProperty("op").GetString(), entry.GetProperty("by").GetString(), entry.GetProperty("rev").GetInt64()));
        Assert.Equal("", await job.FieldsAsync("todos", "k"));
    }

    [Fact]
    public async Task Scan_JobWritesACounter_IsItsValueAndLaterIncrementsAddToIt()
    {
        using var folder = new TemporaryFolder();
        var stores = StoreFolder.Write(folder, ("polls", """{ "store": "polls", "policy": "field-merge", "kinds": { "/votes": "counter" } }"""));
        await using var app = await ScanApp.StartAsync(azurite, host, new Dictionary<string, string> { [StoreFolder.Setting] = stores });
        var (client, job) = (app.Client(Dataset), app.Job(Dataset));
        await client.PushAsync(client.Put("polls", "k", """{"votes":5}"""));
        var written = (await job.ReadAsync("polls", "k"))["d:votes"].Timestamp + 1;
        await job.PutAsync("polls", "k", written, ("d:votes", "100"));
        await app.ReachAsync(written);

        var scan = await app.ScanAsync();
        var push = await client.PushAsync(client.Patch("polls", "k", """{"inc":{"/votes":2}}""", on: 1));

        Assert.Equal(1, scan.Taken);
        Assert.Equal("""{"votes":102}""", push.Results[0].GetProperty("value").GetRawText());
        Assert.Equal("d:votes=102", await job.FieldsAsync("polls", "k"));
    }
}

public sealed class Row37WhatJobsMayDoOnEmulatorTests(SharedAzurite azurite) : Row37WhatJobsMayDoTests(azurite, null);

[Collection(RealHBase.Name)]
public sealed class Row37WhatJobsMayDoOnRealHBaseTests(SharedAzurite azurite, RealHBaseHost host) : Row37WhatJobsMayDoTests(azurite, host);
