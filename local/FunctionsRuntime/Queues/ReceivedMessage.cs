using System.Text;
using Azure.Storage.Queues.Models;

namespace MyriadSync.FunctionsRuntime.Queues;

/// <summary>A message as it lies on the queue, and how to read it.</summary>
/// <param name="Raw">As received, without decoding.</param>
/// <param name="UseBase64">Whether its text is base64.</param>
internal sealed record ReceivedMessage(QueueMessage Raw, bool UseBase64)
{
    /// <summary>Its content.</summary>
    /// <exception cref="FormatException">It is not base64, but should be.</exception>
    public byte[] Decode() => UseBase64 ? Convert.FromBase64String(Raw.MessageText) : Encoding.UTF8.GetBytes(Raw.MessageText);

    /// <summary>What functions may bind to by name.</summary>
    public IReadOnlyDictionary<string, object?> Metadata() => new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase)
    {
        ["Id"] = Raw.MessageId,
        ["PopReceipt"] = Raw.PopReceipt,
        ["DequeueCount"] = Raw.DequeueCount,
        ["InsertionTime"] = Raw.InsertedOn,
        ["ExpirationTime"] = Raw.ExpiresOn,
        ["NextVisibleTime"] = Raw.NextVisibleOn,
    };
}
