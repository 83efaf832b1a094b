using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;

namespace MyriadSync.FunctionsRuntime.Queues;

/// <summary>Keeps a message ours while it is worked on.</summary>
internal sealed class MessageLease : IAsyncDisposable
{
    private readonly CancellationTokenSource _released = new();
    private readonly QueueClient _queue;
    private readonly string _messageId;
    private readonly TimeSpan _length;
    private readonly Task _renewal;
    private string _popReceipt;

    public MessageLease(QueueClient queue, QueueMessage message, TimeSpan length, TimeProvider time)
    {
        _queue = queue;
        _messageId = message.MessageId;
        _popReceipt = message.PopReceipt;
        _length = length;
        _renewal = RenewAsync(time);
    }

    /// <summary>Ends the renewals; the receipt to settle the message with.</summary>
    public async Task<string> ReleaseAsync()
    {
        await _released.CancelAsync();
        await _renewal;
        return _popReceipt;
    }

    public async ValueTask DisposeAsync()
    {
        await ReleaseAsync();
        _released.Dispose();
    }

    private async Task RenewAsync(TimeProvider time)
    {
        try
        {
            while (true)
            {
                await Task.Delay(_length / 2, time, _released.Token);
                await RenewOnceAsync();
            }
        }
        catch (OperationCanceledException) when (_released.IsCancellationRequested)
        {
            return; // Released.
        }
    }

    private async Task RenewOnceAsync()
    {
        try
        {
            UpdateReceipt receipt = await _queue.UpdateMessageAsync(_messageId, _popReceipt, (BinaryData?)null, _length, _released.Token);
            _popReceipt = receipt.PopReceipt;
        }
        catch (RequestFailedException)
        {
            return; // Half the lease is left: the next renewal, or settling the message, shows whether it is still ours.
        }
    }
}
