using Azure.Core;
using Azure.Core.Pipeline;

namespace MyriadSync.IntegrationTests.Support;

/// <summary>Lets storage carry requests out and loses the replies: the SDK sees a broken connection, and sends the same again by its own rules.</summary>
internal sealed class LostReplies(Func<HttpMessage, bool> when) : HttpPipelinePolicy
{
    private int _left;

    /// <summary>Loses so many from now on.</summary>
    public void Lose(int replies) => _left = replies;

    /// <summary>Replies lost so far.</summary>
    public int Lost { get; private set; }

    /// <inheritdoc/>
    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        ProcessNext(message, pipeline);
        Drop(message);
    }

    /// <inheritdoc/>
    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        await ProcessNextAsync(message, pipeline);
        Drop(message);
    }

    private void Drop(HttpMessage message)
    {
        if (_left > 0 && when(message))
        {
            _left--;
            Lost++;
            throw new IOException("The connection was reset.");
        }
    }
}
