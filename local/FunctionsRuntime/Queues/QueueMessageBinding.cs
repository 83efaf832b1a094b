using System.Text;
using System.Text.Json;
using Azure.Storage.Queues.Models;

namespace MyriadSync.FunctionsRuntime.Queues;

/// <summary>A queue message as the type that a function takes. Whatever it throws counts as a failure of the function.</summary>
internal static class QueueMessageBinding
{
    /// <summary>The message as a type: string, bytes, BinaryData, QueueMessage, or an object from JSON.</summary>
    public static object? Bind(ReceivedMessage message, Type type, JsonSerializerOptions json)
    {
        var content = message.Decode();
        if (type == typeof(string))
            return Encoding.UTF8.GetString(content);
        if (type == typeof(byte[]))
            return content;
        if (type == typeof(BinaryData))
            return new BinaryData(content);
        if (type == typeof(QueueMessage))
            return WithContent(message.Raw, content);
        return JsonSerializer.Deserialize(content, type, json) ?? throw new JsonException("The message is null.");
    }

    private static QueueMessage WithContent(QueueMessage raw, byte[] content) => QueuesModelFactory.QueueMessage(
        raw.MessageId,
        raw.PopReceipt,
        new BinaryData(content),
        raw.DequeueCount,
        raw.NextVisibleOn,
        raw.InsertedOn,
        raw.ExpiresOn);
}
