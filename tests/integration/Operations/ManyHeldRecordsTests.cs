using System.Text.RegularExpressions;
using Azure.Data.Tables;
using MyriadSync.ChangeLog;
using MyriadSync.Contracts.Stores;
using MyriadSync.MyriadEmulator.Faults;

namespace MyriadSync.IntegrationTests.Operations;

/// <summary>The cluster refuses more rows of one commit than a transaction of storage has room for, and takes them all again later.</summary>
public sealed class ManyHeldRecordsTests(StackFixture fixture) : IClassFixture<StackFixture>, IDisposable
{
    private const string Store = "todos";
    private const string Dataset = "held-many";
    private const int Records = 250;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => fixture.Stack.Emulator!.Faults.Reset();

    [Fact]
    public async Task Apply_ACommitOfRefusedRows_HoldsThemAllAndGoesOn()
    {
        using var ada = new DatasetClient(fixture.Stack, Dataset, "ada");
        fixture.Stack.Emulator!.Faults.Current = new FaultSet { RefusedRows = [$"^{Regex.Escape(Support.Keys.Row(Dataset, "a", Store))}"] };

        await ada.PushAsync([.. Keys.Select(key => ada.Put(Store, key, """{"n":1}"""))]);
        await ada.PushAsync(ada.Put(Store, "b", """{"n":1}"""));
        await AppliedAsync(ada, Records + 1);
        var held = await HeldAsync();
        fixture.Stack.Emulator.Faults.Reset();
        await ada.PushAsync([.. Keys.Select((key, i) => ada.Patch(Store, key, """{"set":{"/m":2}}""", on: i + 1))]);
        await AppliedAsync(ada, Records + 1 + Records);

        Assert.Equal((Records, 0), (held, await HeldAsync()));
        Assert.All(Keys, key => Assert.Equal("d:m=2 d:n=1", ClusterRows.Fields(fixture.Stack, Dataset, Store, key)));
    }

    private static IEnumerable<string> Keys => Enumerable.Range(0, Records).Select(i => $"a{i:D3}");

    private static Task AppliedAsync(DatasetClient client, long seq) =>
        Eventually.TrueAsync("the cluster has it all", async () => (await client.DatasetAsync()).Number("applied") == seq, TimeSpan.FromSeconds(60));

    /// <summary>How many records the log says are held; it has a row for each.</summary>
    private async Task<int> HeldAsync()
    {
        var log = new TableChangeLog(new TableServiceClient(fixture.Stack.Storage), MappingSet.Plain);
        var applied = await log.ReadAppliedAsync(Dataset, Cancel);
        Assert.Equal(applied.Held, (await log.ReadHeldAsync(Dataset, Cancel)).Count);
        return applied.Held;
    }
}
