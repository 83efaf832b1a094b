using System.Diagnostics.Metrics;
using System.Text.RegularExpressions;
using Azure.Data.Tables;
using Azure.Storage.Queues;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using MyriadSync.ChangeLog;
using MyriadSync.DevStack;
using MyriadSync.MyriadEmulator.Faults;
using MyriadSync.Telemetry;
using MyriadSync.Triggers.Timers;

namespace MyriadSync.IntegrationTests.Telemetry;

/// <summary>What alerts and operators look at is measured, by the running app.</summary>
public sealed class MetricsTests(SharedAzurite azurite)
{
    private const string Store = "todos";

    private readonly AppServices _app = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Push_Answered_CountsOutcomesAndTime()
    {
        await using var stack = await StartAsync();
        using var metrics = new MetricReader(_app.Get<IMeterFactory>());
        using var ada = new DatasetClient(stack, "metrics");

        await ada.PushAsync(ada.Put(Store, "a", "{}"), ada.Put(Store, "b", "{}"), ada.Put("not a store", "c", "{}"));

        Assert.Equal(2, metrics.Sum(MetricNames.Changes, "applied"));
        Assert.Equal(1, metrics.Sum(MetricNames.Changes, "rejected"));
        Assert.True(metrics.Sum(MetricNames.BatchDuration, "applied") > 0);
    }

    [Fact]
    public async Task Push_LosesAgainstALaterEdit_IsCountedByThePolicyThatSettledIt()
    {
        await using var stack = await StartAsync();
        using var metrics = new MetricReader(_app.Get<IMeterFactory>());
        using var ada = new DatasetClient(stack, "contested");
        using var late = new DatasetClient(stack, "contested", "late") { ClockOffMs = -60_000 };
        await ada.PushAsync(ada.Put(Store, "a", """{"title":"milk"}"""));

        await late.PushAsync(late.Put(Store, "a", """{"title":"bread"}"""), late.Put(Store, "b", "{}"));

        Assert.Equal(1, metrics.Sum(MetricNames.Conflicts, "last-write-wins"));
    }

    [Fact]
    public async Task Survey_EverythingIsWell_MeasuresZeros()
    {
        await using var stack = await StartAsync();
        using var metrics = new MetricReader(_app.Get<IMeterFactory>());
        using var ada = new DatasetClient(stack, "well");
        await ada.PushAsync(ada.Put(Store, "a", "{}"));

        await SurveyAsync();

        Assert.Equal((1.0, 0.0, 0.0), (metrics.Last(MetricNames.Datasets), metrics.Last(MetricNames.ApplyLag), metrics.Last(MetricNames.ApplyBacklog)));
        Assert.Equal((0.0, 0.0), (metrics.Last(MetricNames.HeldRecords), metrics.Last(MetricNames.PoisonDepth)));
    }

    [Fact]
    public async Task Survey_RecordRefusedForGood_MeasuresHeldAndPoison()
    {
        await using var stack = await StartAsync();
        using var metrics = new MetricReader(_app.Get<IMeterFactory>());
        using var ada = new DatasetClient(stack, "held");
        stack.Emulator!.Faults.Current = new FaultSet { RefusedRows = [$"^{Regex.Escape(Keys.Row("held", "a", Store))}$"] };
        await ada.PushAsync(ada.Put(Store, "a", "{}"));
        var queue = new QueueClient(stack.Storage, StorageNames.PoisonQueue);
        await Eventually.TrueAsync("the item is recorded", async () => (await queue.GetPropertiesAsync(Cancel)).Value.ApproximateMessagesCount == 0, TimeSpan.FromSeconds(60));

        await SurveyAsync();

        Assert.Equal((1.0, 1.0), (metrics.Last(MetricNames.HeldRecords), metrics.Last(MetricNames.PoisonDepth)));
    }

    [Fact]
    public async Task Survey_ClusterBehind_MeasuresLagAndBacklog()
    {
        await using var stack = await StartAsync();
        using var metrics = new MetricReader(_app.Get<IMeterFactory>());
        using var ada = new DatasetClient(stack, "behind");
        await ada.PushAsync(ada.Put(Store, "a", "{}"));
        stack.Emulator!.Faults.Current = new FaultSet { Rules = [new FaultRule { Action = FaultAction.Answer, Side = EmulatorSide.HBase, Method = "PUT" }] };
        var committed = await ada.SendAsync(ada.Batch([ada.Put(Store, "b", "{}"), ada.Put(Store, "c", "{}")]), "wait=1");

        await SurveyAsync();

        Assert.Equal("committed", committed.BatchStatus);
        Assert.Equal(2.0, metrics.Last(MetricNames.ApplyBacklog));
        Assert.True(metrics.Last(MetricNames.ApplyLag) > 0);
    }

    [Fact]
    public async Task Survey_ADatasetIsOfANewerFormat_MeasuresAndRecoversTheOthers()
    {
        await using var stack = await StartAsync();
        using var metrics = new MetricReader(_app.Get<IMeterFactory>());
        using var ada = new DatasetClient(stack, "sound");
        var tables = new TableServiceClient(stack.Storage);
        await tables.GetTableClient(StorageNames.DatasetsTable).AddEntityAsync(new TableEntity("datasets", "newer"), Cancel);
        await tables.GetTableClient(StorageNames.ChangeLogTable).AddEntityAsync(new TableEntity("newer", "head") { ["F"] = 99, ["Seq"] = 1L }, Cancel);
        stack.Emulator!.Faults.Current = new FaultSet { Rules = [new FaultRule { Action = FaultAction.Answer, Side = EmulatorSide.HBase, Method = "PUT" }] };
        await ada.SendAsync(ada.Batch([ada.Put(Store, "b", "{}"), ada.Put(Store, "c", "{}")]), "wait=1");
        await Eventually.TrueAsync("the batch is committed", async () => (await ada.DatasetAsync()).Number("head") == 2, TimeSpan.FromSeconds(60));

        var behind = await SurveyAsync();

        Assert.Contains("sound", Assert.Single(behind), StringComparison.Ordinal);
        Assert.Equal(2.0, metrics.Last(MetricNames.ApplyBacklog));
    }

    [Fact]
    public async Task Batch_ClusterAway_CountsItsWaits()
    {
        await using var stack = await StartAsync();
        using var metrics = new MetricReader(_app.Get<IMeterFactory>());
        using var ada = new DatasetClient(stack, "away");
        stack.Emulator!.Faults.Current = new FaultSet { HBaseUnreachable = true };

        await ada.SendAsync(ada.Batch([ada.Put(Store, "a", "{}")]), "respond-async");

        await Eventually.TrueAsync("a wait is counted", () => Task.FromResult(metrics.Sum(MetricNames.BatchWaits, "cluster-unreachable") > 0), TimeSpan.FromSeconds(60));
        Assert.Equal(0, metrics.Sum(MetricNames.FunctionFailures, "FetchActivity"));
    }

    [Fact]
    public async Task Function_ThatThrows_IsCounted()
    {
        await using var stack = await StartAsync();
        using var metrics = new MetricReader(_app.Get<IMeterFactory>());
        var newer = BinaryData.FromString("""{"v":99,"dataset":"d"}""");

        await new QueueClient(stack.Storage, StorageNames.ApplyQueue, new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 }).SendMessageAsync(newer, cancellationToken: Cancel);

        await Eventually.TrueAsync("the failure is counted", () => Task.FromResult(metrics.Sum(MetricNames.FunctionFailures, "ApplyDataset") > 0), TimeSpan.FromSeconds(60));
    }

    /// <summary>A stack whose timer does by itself nothing that a test wants to see done at a certain point.</summary>
    private Task<LocalStack> StartAsync() => azurite.StartStackAsync(new LocalStackOptions
    {
        Settings = new Dictionary<string, string> { ["Recovery:Schedule"] = "0 0 0 1 1 *" },
        ConfigureServices = _app.Capture,
    });

    private Task<string[]> SurveyAsync() => ActivatorUtilities.CreateInstance<RecoveryTimer>(_app.Get<IServiceProvider>()).RunAsync(new TimerInfo(), Cancel);
}
