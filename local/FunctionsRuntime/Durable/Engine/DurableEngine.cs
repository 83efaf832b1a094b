using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using MyriadSync.FunctionsRuntime.Durable.Execution;
using MyriadSync.FunctionsRuntime.Durable.History;
using MyriadSync.FunctionsRuntime.State;

namespace MyriadSync.FunctionsRuntime.Durable.Engine;

/// <summary>Runs orchestrations: holds those that have not ended, and the parts that they share.</summary>
internal sealed class DurableEngine : IDisposable
{
    private readonly ConcurrentDictionary<string, OrchestrationInstance> _active = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stopped = new();
    private readonly SemaphoreSlim _turns;
    private readonly StateStore _store;
    private readonly TimeProvider _time;
    private readonly CompletionWaiters _waiters;
    private IReadOnlyList<(OrchestrationInstance Instance, OrchestrationRecord Record)> _toResume = [];
    private long _lastKey;

    public DurableEngine(StateStore store, DurableOptions options, IDurableFunctions functions, DataConverter converter, TimeProvider time, ILoggerFactory loggerFactory)
    {
        _store = store;
        _time = time;
        _turns = new(options.MaxConcurrentOrchestrators);
        _waiters = new(id => _active.GetValueOrDefault(id)?.Completion.Task, Find);
        Options = options;
        Functions = functions;
        Converter = converter;
        LoggerFactory = loggerFactory;
        Logger = loggerFactory.CreateLogger("MyriadSync.FunctionsRuntime.Durable");
        Timers = new(time);
        Activities = new(functions, options.MaxConcurrentActivities, time, InFlight, _stopped.Token);
    }

    public DurableOptions Options { get; }

    public IDurableFunctions Functions { get; }

    public DataConverter Converter { get; }

    public ILoggerFactory LoggerFactory { get; }

    public ILogger Logger { get; }

    public DurableTimers Timers { get; }

    public ActivityDispatcher Activities { get; }

    public InFlight InFlight { get; } = new();

    /// <summary>The time, UTC.</summary>
    public DateTime Now => _time.GetUtcNow().UtcDateTime;

    /// <summary>Takes over what an earlier host left. Nothing runs yet, but new instances may be started.</summary>
    public void Recover()
    {
        _lastKey = _store.Read(r => r.HighestKey());
        _toResume = [.. _store.Read(r => r.Unfinished()).Select(record => (new OrchestrationInstance(this), record))];
        foreach (var (instance, record) in _toResume)
        {
            instance.Initialize(record, recovered: true);
            _active[record.Id] = instance;
        }
    }

    /// <summary>Lets go on what an earlier host left.</summary>
    public void Resume()
    {
        if (_toResume.Count > 0)
            EngineLogs.Resumed(Logger, _toResume.Count);
        foreach (var (instance, record) in _toResume)
            Begin(instance, record);
        _toResume = [];
    }

    /// <summary>Starts nothing more and waits for what runs; what has not ended by then goes on after the next start.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        Timers.Dispose();
        Activities.Stop();
        if (await InFlight.WaitUntilIdleAsync(cancellationToken))
            return;
        EngineLogs.StoppedBusy(Logger);
        await _stopped.CancelAsync();
    }

    /// <summary>Starts an instance.</summary>
    public async Task<string> ScheduleAsync(string name, string? input, StartOrchestrationOptions? options, string? traceParent, CancellationToken cancellationToken)
    {
        var id = options?.InstanceId ?? RandomNumberGenerator.GetHexString(32, lowercase: true);
        InstanceIds.Demand(id);
        var instance = new OrchestrationInstance(this);
        if (!_active.TryAdd(id, instance))
            throw new InvalidOperationException($"An orchestration with the instance id '{id}' already exists and has not ended.");

        var created = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            var record = Create(id, name, input, options, traceParent);
            instance.Initialize(record, recovered: false);
            Commit(new CreateWork(record, () =>
            {
                Begin(instance, record);
                created.SetResult();
            }));
        }
        catch
        {
            _active.TryRemove(new(id, instance));
            throw;
        }

        _waiters.OnCreated(id, instance.Completion.Task);
        await created.Task.WaitAsync(cancellationToken);
        return id;
    }

    /// <summary>The instance of an id, as committed.</summary>
    public OrchestrationRecord? Find(string id) => _store.Read(r => r.Find(id));

    /// <summary>Instances that a query asks for.</summary>
    public IReadOnlyList<OrchestrationRecord> List(OrchestrationQuery query, long afterKey, int limit) => _store.Read(r => r.List(query, afterKey, limit));

    /// <summary>Waits until an instance has ended.</summary>
    public Task<OrchestrationRecord> WaitAsync(string id, CancellationToken cancellationToken) => _waiters.WaitAsync(id, cancellationToken);

    /// <summary>Ends an instance, if it has not ended.</summary>
    public async Task TerminateAsync(string id, string? output, CancellationToken cancellationToken)
    {
        if (!_active.TryGetValue(id, out var instance))
            return;
        instance.Post(new InboxItem.Terminate(output));
        await instance.Completion.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Forgets instances that have ended; how many.</summary>
    public async Task<int> PurgeAsync(IReadOnlyList<OrchestrationRecord> records, CancellationToken cancellationToken)
    {
        var work = new PurgeWork([.. records.Where(r => r.IsFinished)]);
        Commit(work);
        return await work.Purged.WaitAsync(cancellationToken);
    }

    /// <summary>Whether this host may run an instance; if not, it waits for another.</summary>
    public bool MayRun(OrchestrationRecord record)
    {
        if (OrchestrationVersions.CanRun(Options.VersionMatchStrategy, Options.DefaultVersion, record.Version))
            return true;
        EngineLogs.WaitsForVersion(Logger, record.Name, record.Id, record.Version, Options.DefaultVersion);
        return false;
    }

    /// <summary>The history of an instance, as committed.</summary>
    public List<HistoryEvent> ReadHistory(long key) => _store.Read(r => r.History(key));

    /// <summary>Hands work to the writer.</summary>
    public void Commit(IStateWork work)
    {
        // A turn that comes too late is simply lost, like a turn that a crash cut off: it is done again after the next start.
        if (!_store.TryWrite(work) && work is not TurnCommit)
            throw new InvalidOperationException("The host has stopped.");
    }

    /// <summary>An instance has ended, and that is committed.</summary>
    public void OnFinished(OrchestrationInstance instance, OrchestrationRecord record)
    {
        _active.TryRemove(new(record.Id, instance));
        if (record.Status == OrchestrationRuntimeStatus.Failed)
            EngineLogs.Failed(Logger, record.Name, record.Id, record.Failure?.ToString() ?? "(unknown)");
        instance.Completion.TrySetResult(record);
    }

    /// <summary>Waits for room for a turn.</summary>
    public ValueTask EnterTurnAsync() => _turns.Wait(0) ? ValueTask.CompletedTask : new(_turns.WaitAsync());

    /// <summary>Makes room for another turn.</summary>
    public void LeaveTurn() => _turns.Release();

    public void Dispose()
    {
        Timers.Dispose();
        _stopped.Dispose();
        _turns.Dispose();
    }

    private OrchestrationRecord Create(string id, string name, string? input, StartOrchestrationOptions? options, string? traceParent)
    {
        var previous = Find(id);
        var now = Now;
        return new()
        {
            Key = previous?.Key ?? Interlocked.Increment(ref _lastKey),
            Id = id,
            Execution = (previous?.Execution ?? 0) + 1,
            Name = name,
            Version = options?.Version?.Version ?? Options.DefaultVersion,
            Status = OrchestrationRuntimeStatus.Pending,
            Input = input,
            CreatedAt = now,
            UpdatedAt = now,
            StartAt = options?.StartAt is { } startAt && startAt.UtcDateTime > now ? startAt.UtcDateTime : now,
            TraceParent = traceParent,
        };
    }

    private void Begin(OrchestrationInstance instance, OrchestrationRecord record)
    {
        var resume = new InboxItem.Resume(record.Execution);
        if (record.Status == OrchestrationRuntimeStatus.Pending && record.StartAt > Now)
            Timers.Arm(instance, record.Execution, taskId: -1, record.StartAt, _ => instance.Post(resume));
        else
            instance.Post(resume);
    }
}
