using System.Collections;
using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Azure.Storage.Queues;
using Microsoft.Extensions.Configuration;
using MyriadSync.FunctionsRuntime.Invocation;

namespace MyriadSync.FunctionsRuntime.Queues;

/// <summary>Puts what functions return on their output queues, and wakes the listeners of those queues in this host.</summary>
internal sealed class QueueOutput(IConfiguration configuration, QueueOptions options, JsonSerializerOptions json)
{
    private readonly ConcurrentDictionary<string, Task<QueueClient>> _queues = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Uri, Action> _listeners = new();

    /// <summary>Calls <paramref name="wake"/> when something is put on a queue.</summary>
    public void Register(QueueClient queue, Action wake) => _listeners[queue.Uri] = wake;

    /// <summary>Sends the result of a function that says where it goes.</summary>
    public async Task SendAsync(FunctionDescriptor function, object? result, CancellationToken cancellationToken)
    {
        if (function.Output is not { } output || result is null)
            return;

        var queue = await _queues.GetOrAdd(function.Name, _ => OpenAsync());
        foreach (var item in result is IEnumerable many and not (string or byte[]) ? many.Cast<object?>() : [result])
            await queue.SendMessageAsync(Encode(item), cancellationToken);
        if (_listeners.TryGetValue(queue.Uri, out var wake))
            wake();

        async Task<QueueClient> OpenAsync()
        {
            try
            {
                var client = QueueNames.Open(output.QueueName, output.Connection, configuration, function.Name);
                await client.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
                return client;
            }
            catch
            {
                _queues.TryRemove(function.Name, out _); // The next call tries again.
                throw;
            }
        }
    }

    private string Encode(object? item)
    {
        var content = item switch
        {
            string text => Encoding.UTF8.GetBytes(text),
            byte[] bytes => bytes,
            BinaryData data => data.ToArray(),
            _ => JsonSerializer.SerializeToUtf8Bytes(item, item?.GetType() ?? typeof(object), json),
        };
        return options.UseBase64 ? Convert.ToBase64String(content) : Encoding.UTF8.GetString(content);
    }
}
