using MyriadSync.IntegrationTests.Myriad;
using MyriadSync.IntegrationTests.Scans;

namespace MyriadSync.IntegrationTests.Interleavings;

/// <summary>
/// A put of a column hangs; the column is deleted by a later commit, and the table is compacted; then the put arrives, older than the delete: the column stays
/// gone. Nobody can make a real HBase compact over REST, so there the family is looked at: it keeps delete markers for a week.
/// </summary>
public abstract class Row06LatePutTests(SharedAzurite azurite, RecordStoreHost? host)
{
    private const string Dataset = "row06";

    [Fact]
    public async Task Apply_PutArrivesAfterTheDeleteAndACompaction_StaysGone()
    {
        await using var app = await ScanApp.StartAsync(azurite, host);
        var (client, job) = (app.Client(Dataset), app.Job(Dataset));
        await client.PushAsync(client.Put("todos", "k", """{"b":1,"title":"t"}"""));
        var late = (await job.ReadAsync("todos", "k"))["d:b"].Timestamp;
        await client.PushAsync(client.Patch("todos", "k", """{"unset":["/b"]}""", on: 1));

        app.Gates.Stack.Emulator?.MajorCompact(app.Table);
        await job.PutAsync("todos", "k", late, ("d:b", "1"));
        var scan = await app.ScanAsync();
        var schema = host is null ? "604800000" : await host.SendAsync(HttpMethod.Get, $"/{app.Table}/schema");

        Assert.Equal("d:title=\"t\"", await job.FieldsAsync("todos", "k"));
        Assert.Equal(0, scan.Taken);
        Assert.Contains("604800000", schema, StringComparison.Ordinal);
    }
}

public sealed class Row06LatePutOnEmulatorTests(SharedAzurite azurite) : Row06LatePutTests(azurite, null);

[Collection(RealHBase.Name)]
public sealed class Row06LatePutOnRealHBaseTests(SharedAzurite azurite, RealHBaseHost host) : Row06LatePutTests(azurite, host);
