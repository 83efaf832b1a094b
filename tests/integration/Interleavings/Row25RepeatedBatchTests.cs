using MyriadSync.Contracts;
using MyriadSync.DevStack;

namespace MyriadSync.IntegrationTests.Interleavings;

/// <summary>A settled batch is sent again after its orchestration was purged, or is found finished.</summary>
public sealed class Row25RepeatedBatchTests(SharedAzurite azurite)
{
    private const string Dataset = "row25";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("finished")]
    [InlineData("purged")]
    [InlineData("restarted")]
    public async Task Push_SettledBatchSentAgain_GivesTheOriginalOutcomesAndRunsNothingTwice(string how)
    {
        var app = new AppServices();
        await using var stack = await azurite.StartStackAsync(new LocalStackOptions { ConfigureServices = app.Capture });
        using var other = new DatasetClient(stack, Dataset, "other");
        await other.PushAsync(other.Put("todos", "n", """{"votes":1}"""));
        using var client = new DatasetClient(stack, Dataset);
        var batch = client.Batch(
        [
            client.Patch("todos", "n", """{"inc":{"/votes":1}}""", on: 1),
            client.Put("todos", "", "{}"),
            client.Patch("todos", "n", """{"inc":{"/x":"no number"}}""", on: 1),
        ]);
        var original = await client.SendAsync(batch);
        var instance = new BatchScope(Dataset, client.ClientId, batch["batchId"]!.ToString()).InstanceId;
        var first = await app.Durable.GetInstanceAsync(instance, Cancel);

        if (how == "purged")
            Assert.Equal(1, (await app.Durable.PurgeInstanceAsync(instance, Cancel)).PurgedInstanceCount);
        if (how == "restarted")
        {
            await stack.StopAppAsync();
            await stack.StartAppAsync(Cancel);
        }

        var again = await client.SendAsync(batch);
        var status = await client.StatusAsync(batch);

        Assert.Equal("applied", original.BatchStatus);
        Assert.Equal(original.Results.Select(result => result.GetRawText()), again.Results.Select(result => result.GetRawText()));
        Assert.Equal(original.Results.Select(result => result.GetRawText()), status.Results.Select(result => result.GetRawText()));
        Assert.Equal((original.BatchStatus, original.Text("cursor")), (again.BatchStatus, again.Text("cursor")));
        Assert.Equal("2", (await client.RecordAsync("todos", "n")).Json.GetProperty("value").GetProperty("votes").ToString());
        Assert.Equal(3, (await client.DatasetAsync()).Number("head"));
        Assert.NotNull(first);
        // Another run under the same id would have begun later.
        Assert.Equal(how == "purged" ? null : first.CreatedAt, (await app.Durable.GetInstanceAsync(instance, Cancel))?.CreatedAt);
    }
}
