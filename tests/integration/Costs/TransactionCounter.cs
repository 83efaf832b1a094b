using System.Collections.Concurrent;
using Azure.Core;
using Azure.Core.Pipeline;

namespace MyriadSync.IntegrationTests.Costs;

/// <summary>Counts the requests that leave a storage client, retries included: each is a transaction on the bill.</summary>
internal sealed class TransactionCounter(string service) : HttpPipelineSynchronousPolicy
{
    private static readonly char[] Separators = ['/', '?', '('];
    private readonly ConcurrentQueue<string> _seen = new();

    /// <summary>The requests since the last <see cref="Reset"/>: service, verb, and what it went to.</summary>
    public IReadOnlyList<string> Seen => [.. _seen];

    /// <summary>Forgets what was counted.</summary>
    public void Reset() => _seen.Clear();

    /// <inheritdoc/>
    public override void OnSendingRequest(HttpMessage message)
    {
        // Azurite's addresses begin with the account.
        var target = message.Request.Uri.Path.TrimStart('/').Split(Separators).Skip(1).FirstOrDefault();
        _seen.Enqueue($"{service} {message.Request.Method} {target}");
    }
}
