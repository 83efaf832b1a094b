using MyriadSync.ChangeLog;
using MyriadSync.IntegrationTests.Myriad;
using MyriadSync.IntegrationTests.Scans;

namespace MyriadSync.IntegrationTests.Interleavings;

/// <summary>A job's <c>deleteall</c> removes <c>m</c> too: found by the audit, a tombstone reaches browsers, once.</summary>
public abstract class Row29JobDeletesTheWholeRowTests(SharedAzurite azurite, RecordStoreHost? host)
{
    private const string Dataset = "row29";

    /// <param name="auditedBefore">An audit has seen the record alive; else only the log knows that it was.</param>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Audit_JobDeletedTheWholeRow_DeletesTheRecordOnce(bool auditedBefore)
    {
        await using var app = await ScanApp.StartAsync(azurite, host);
        var (client, job) = (app.Client(Dataset), app.Job(Dataset));
        await client.PushAsync(client.Put("todos", "k", """{"title":"t"}"""), client.Put("todos", "other", """{"title":"o"}"""));
        if (auditedBefore)
            Assert.Equal((0L, 0L), Found(await app.AuditAsync()));
        await job.DeleteAsync("todos", "k");

        var scan = await app.ScanAsync();
        var (first, second) = (await app.AuditAsync(), await app.AuditAsync());

        Assert.Equal(0, scan.Taken);
        Assert.Equal(((0L, 1L), (0L, 0L)), (Found(first), Found(second)));
        var entry = Assert.Single(await client.PullAllAsync(), entry => entry.GetProperty("rev").GetInt64() > 2);
        Assert.Equal(("delete", "myriad", "k"), (entry.GetProperty("op").GetString(), entry.GetProperty("by").GetString(), entry.GetProperty("key").GetString()));
        Assert.Equal("1", (await job.ReadAsync("todos", "k"))["m:deleted"].Value);
        Assert.Equal("d:title=\"o\"", await job.FieldsAsync("todos", "other"));
    }

    [Fact]
    public async Task Audit_JobDeletedTheWholeRow_ALaterPutOfABrowserIsThere()
    {
        await using var app = await ScanApp.StartAsync(azurite, host);
        var (client, job) = (app.Client(Dataset), app.Job(Dataset));
        await client.PushAsync(client.Put("todos", "k", """{"title":"t"}"""));
        await job.DeleteAsync("todos", "k");
        await app.AuditAsync();

        await client.PushAsync(client.Put("todos", "k", """{"title":"again"}""", on: 2));
        var audit = await app.AuditAsync();

        Assert.Equal((0L, 0L), Found(audit));
        Assert.Equal("d:title=\"again\"", await job.FieldsAsync("todos", "k"));
    }

    private static (long Changed, long Gone) Found(AuditMark audit)
    {
        Assert.NotNull(audit.EndedAt);
        Assert.Equal(0, audit.Deferred);
        return (audit.Changed, audit.Gone);
    }
}

public sealed class Row29JobDeletesTheWholeRowOnEmulatorTests(SharedAzurite azurite) : Row29JobDeletesTheWholeRowTests(azurite, null);

[Collection(RealHBase.Name)]
public sealed class Row29JobDeletesTheWholeRowOnRealHBaseTests(SharedAzurite azurite, RealHBaseHost host) : Row29JobDeletesTheWholeRowTests(azurite, host);
