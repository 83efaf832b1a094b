using System.Diagnostics.CodeAnalysis;
using Azure;
using Azure.Storage.Queues;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MyriadSync.FunctionsRuntime.Invocation;

namespace MyriadSync.FunctionsRuntime.Queues;

/// <summary>
/// Runs a function on a message and settles it: deleted if it went well, visible again after a failure, and after the last try copied to the
/// poison queue and deleted. Copy and delete are two steps, as in the genuine host: a crash between them leaves the message in both.
/// </summary>
internal sealed class QueueMessageRunner(
    FunctionDescriptor function,
    FunctionExecutionDelegate pipeline,
    IServiceProvider services,
    QueueClient queue,
    QueueClient? poison,
    QueueOptions options,
    QueueOutput output,
    TimeProvider time,
    ILogger logger) : IDisposable
{
    /// <summary>How long a message is ours before it has to be renewed.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(10);

    private readonly CancellationTokenSource _abandoned = new();

    /// <summary>Cancels what runs; the messages are seen again.</summary>
    public void Abandon() => _abandoned.Cancel();

    public void Dispose() => _abandoned.Dispose();

    /// <summary>Runs the function on a message. Never throws.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "Whatever a function throws is a failed try of its message.")]
    public async Task RunAsync(ReceivedMessage message)
    {
        await using var lease = new MessageLease(queue, message.Raw, Lease, time);
        Exception? failure = null;

        // One that was tried too often already killed its host each time: it is not tried again, where there is a queue to move it to.
        var isTried = message.Raw.DequeueCount <= options.MaxDequeueCount || poison is null;
        if (isTried)
        {
            try
            {
                await InvokeAsync(message);
            }
            catch (Exception exception)
            {
                failure = exception;
                QueueLogs.MessageFailed(logger, exception, function.Name, message.Raw.MessageId, message.Raw.DequeueCount);
            }

            if (_abandoned.IsCancellationRequested && failure is OperationCanceledException)
                return;
        }

        try
        {
            var popReceipt = await lease.ReleaseAsync();
            await SettleAsync(message, popReceipt, succeeded: isTried && failure is null);
        }
        catch (Exception exception)
        {
            QueueLogs.NotSettled(logger, message.Raw.MessageId, queue.Name, exception.Message.Split('\n')[0].Trim());
        }
    }

    private async Task InvokeAsync(ReceivedMessage message)
    {
        await using var scope = services.CreateAsyncScope();
        var context = new LocalFunctionContext(function.Definition, scope.ServiceProvider, _abandoned.Token)
        {
            TriggerValue = message,
            Data = message.Metadata(),
        };
        await FunctionInvoker.RunAsync(pipeline, context);
        await output.SendAsync(function, context.Result, _abandoned.Token);
    }

    private async Task SettleAsync(ReceivedMessage message, string popReceipt, bool succeeded)
    {
        var id = message.Raw.MessageId;
        if (succeeded)
        {
            await queue.DeleteMessageAsync(id, popReceipt);
            return;
        }

        if (poison is null || message.Raw.DequeueCount < options.MaxDequeueCount)
        {
            await queue.UpdateMessageAsync(id, popReceipt, (BinaryData?)null, options.VisibilityTimeout);
            return;
        }

        await SendToPoisonAsync(poison, message.Raw.MessageText);
        QueueLogs.Poisoned(logger, id, poison.Name, message.Raw.DequeueCount);
        await queue.DeleteMessageAsync(id, popReceipt);
    }

    private static async Task SendToPoisonAsync(QueueClient poison, string text)
    {
        try
        {
            await poison.SendMessageAsync(text);
        }
        catch (RequestFailedException exception) when (exception.Status == 404)
        {
            await poison.CreateIfNotExistsAsync();
            await poison.SendMessageAsync(text);
        }
    }
}
