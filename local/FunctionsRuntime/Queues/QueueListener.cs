using System.Diagnostics.CodeAnalysis;
using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Microsoft.Extensions.Logging;
using MyriadSync.FunctionsRuntime.Durable.Engine;

namespace MyriadSync.FunctionsRuntime.Queues;

/// <summary>Looks after one queue: fetches batches while there is room, waits longer and longer while there is nothing.</summary>
internal sealed class QueueListener : IDisposable
{
    private readonly QueueClient _queue;
    private readonly QueueOptions _options;
    private readonly QueueMessageRunner _runner;
    private readonly TimeProvider _time;
    private readonly QueueFaultLog _faults;
    private readonly InFlight _inFlight = new();
    private readonly SemaphoreSlim _wake = new(0);
    private readonly CancellationTokenSource _stopping = new();
    private int _running;
    private Task _loop = Task.CompletedTask;

    public QueueListener(QueueClient queue, QueueOptions options, QueueMessageRunner runner, TimeProvider time, ILogger logger)
    {
        _queue = queue;
        _options = options;
        _runner = runner;
        _time = time;
        _faults = new(queue.Name, time, logger);
    }

    /// <summary>Begins to look.</summary>
    public void Start() => _loop = Task.Run(LoopAsync);

    /// <summary>Looks at once.</summary>
    public void Wake()
    {
        if (_wake.CurrentCount == 0)
            _wake.Release();
    }

    /// <summary>Fetches nothing more and waits for what runs.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await _loop;
        if (!await _inFlight.WaitUntilIdleAsync(cancellationToken))
            _runner.Abandon();
    }

    // A function that ends after the stop may still wake the queue it sent to. The semaphore holds nothing that would have to be given back.
    public void Dispose() => _stopping.Dispose();

    [SuppressMessage("Design", "CA1031", Justification = "Storage that is down, in whichever way, must never end the host: the loop logs and goes on.")]
    private async Task LoopAsync()
    {
        var polling = new QueuePolling(_options.MaxPollingInterval);
        var exists = false;
        while (!_stopping.IsCancellationRequested)
        {
            var wait = TimeSpan.Zero;
            try
            {
                if (!exists)
                    await _queue.CreateIfNotExistsAsync(cancellationToken: _stopping.Token);
                exists = true;
                if (Volatile.Read(ref _running) > _options.NewBatchThreshold)
                    wait = Timeout.InfiniteTimeSpan; // A message that ends wakes the loop.
                else if (await FetchAsync())
                    polling.Reset();
                else
                    wait = polling.Next();
            }
            catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                exists = exists && exception is not RequestFailedException { Status: 404 };
                _faults.Report(exception);
                wait = polling.Next();
            }

            if (wait != TimeSpan.Zero)
                await PauseAsync(wait);
        }
    }

    private async Task<bool> FetchAsync()
    {
        QueueMessage[] messages = await _queue.ReceiveMessagesAsync(_options.BatchSize, QueueMessageRunner.Lease, _stopping.Token);
        _faults.Recovered();
        foreach (var message in messages)
        {
            Interlocked.Increment(ref _running);
            _inFlight.Enter();
            _ = RunAsync(new(message, _options.UseBase64));
        }

        return messages.Length > 0;
    }

    private async Task RunAsync(ReceivedMessage message)
    {
        await Task.Yield();
        try
        {
            await _runner.RunAsync(message);
        }
        finally
        {
            Interlocked.Decrement(ref _running);
            _inFlight.Leave();
            if (!_stopping.IsCancellationRequested)
                Wake();
        }
    }

    private async Task PauseAsync(TimeSpan wait)
    {
        using var cut = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
        try
        {
            var woken = _wake.WaitAsync(cut.Token);
            await Task.WhenAny(woken, Task.Delay(wait, _time, cut.Token));
        }
        finally
        {
            await cut.CancelAsync();
        }
    }
}
