using MyriadSync.DevStack;
using MyriadSync.Myriad;

namespace MyriadSync.IntegrationTests.Operations;

/// <summary>A put from an older schema version that was parked touches, redriven, only the fields that its version knows.</summary>
public sealed class OlderVersionRedriveTests(SharedAzurite azurite)
{
    private const string Notes = """{"store":"notes","migrations":[{"to":2,"steps":[{"rename":"/title","to":"name"},{"add":"/stars","value":0}]}]}""";

    [Fact]
    public async Task Redrive_PutOfAnOlderVersion_LeavesNewerFieldsAlone()
    {
        using var folder = new TemporaryFolder();
        var app = new AppServices();
        await using var stack = await azurite.StartStackAsync(new LocalStackOptions
        {
            ConfigureServices = app.Capture,
            Settings = new Dictionary<string, string>
            {
                [StoreFolder.Setting] = StoreFolder.Write(folder, ("notes", Notes)),
                ["Stores:SchemaVersion"] = "2",
                ["Recovery:Schedule"] = "0 0 0 1 1 *",
            },
        });
        using var young = new DatasetClient(stack, "versions", "young");
        using var old = new DatasetClient(stack, "versions", "old");
        var created = young.Batch([young.Put("notes", "a", """{"name":"milk","stars":5}""")]);
        created["schemaVersion"] = 2;
        await young.SendAsync(created);
        var (job, future) = (new ClusterJob(app.Get<IRecordStore>(), "versions"), ClusterJob.Future);
        await job.PutAsync("notes", "a", "d:later", "1", future);

        var parked = await old.PushAsync(old.Put("notes", "a", """{"title":"bread"}""", on: 1));
        var id = parked.Results[0].GetProperty("poisonId").GetString()!;
        await PoisonStack.RecordedAsync(old, [id]);
        await job.DeleteAsync("notes", "a", "d:later", future);
        var redriven = await old.PostAsync($"/poison/{id}/redrive");

        Assert.Equal("redriven", redriven.Text("state"));
        Assert.Equal("""{"name":"bread","stars":5}""", (await young.RecordAsync("notes", "a")).Json.GetProperty("value").GetRawText());
    }
}
