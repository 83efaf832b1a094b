using System.Diagnostics;
using System.Globalization;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace MyriadSync.FunctionsRuntime.Durable.Engine;

/// <summary>The client of the engine in this process.</summary>
internal sealed class LocalDurableTaskClient(DurableEngine engine) : DurableTaskClient(engine.Options.HubName)
{
    public override Task<string> ScheduleNewOrchestrationInstanceAsync(
        TaskName orchestratorName,
        object? input = null,
        StartOrchestrationOptions? options = null,
        CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(orchestratorName.Name, nameof(orchestratorName));
        return engine.ScheduleAsync(orchestratorName.Name, engine.Converter.Serialize(input), options, Activity.Current?.Id, cancellation);
    }

    public override async Task<OrchestrationMetadata> WaitForInstanceCompletionAsync(
        string instanceId,
        bool getInputsAndOutputs = false,
        CancellationToken cancellation = default)
    {
        var record = await engine.WaitAsync(instanceId, cancellation);
        return record.ToMetadata(engine.Converter, getInputsAndOutputs);
    }

    public override Task TerminateInstanceAsync(string instanceId, TerminateInstanceOptions? options = null, CancellationToken cancellation = default) =>
        engine.TerminateAsync(instanceId, engine.Converter.Serialize(options?.Output), cancellation);

    public override Task<OrchestrationMetadata?> GetInstanceAsync(
        string instanceId,
        bool getInputsAndOutputs = false,
        CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        return Task.FromResult(engine.Find(instanceId)?.ToMetadata(engine.Converter, getInputsAndOutputs));
    }

    public override AsyncPageable<OrchestrationMetadata> GetAllInstancesAsync(OrchestrationQuery? filter = null) =>
        new InstancePages(engine, filter ?? new OrchestrationQuery());

    public override async Task<PurgeResult> PurgeInstanceAsync(
        string instanceId,
        PurgeInstanceOptions? options = null,
        CancellationToken cancellation = default) =>
        new(engine.Find(instanceId) is { } record ? await engine.PurgeAsync([record], cancellation) : 0);

    public override async Task<PurgeResult> PurgeAllInstancesAsync(
        PurgeInstancesFilter filter,
        PurgeInstanceOptions? options = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        var query = new OrchestrationQuery(filter.CreatedFrom, filter.CreatedTo, filter.Statuses);
        return new(await engine.PurgeAsync(engine.List(query, afterKey: 0, int.MaxValue), cancellation));
    }

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private sealed class InstancePages(DurableEngine engine, OrchestrationQuery query) : AsyncPageable<OrchestrationMetadata>
    {
        public override async IAsyncEnumerable<Page<OrchestrationMetadata>> AsPages(string? continuationToken = null, int? pageSizeHint = null)
        {
            var size = pageSizeHint ?? query.PageSize;
            var token = continuationToken ?? query.ContinuationToken;
            var after = token is null ? 0 : long.Parse(token, CultureInfo.InvariantCulture);
            while (true)
            {
                var records = await Task.FromResult(engine.List(query, after, size));
                var last = records.Count < size;
                after = records.Count > 0 ? records[^1].Key : after;
                yield return new(
                    [.. records.Select(r => r.ToMetadata(engine.Converter, query.FetchInputsAndOutputs))],
                    last ? null : after.ToString(CultureInfo.InvariantCulture));
                if (last)
                    yield break;
            }
        }
    }
}
