using MyriadSync.Payloads;
using MyriadSync.Poison;

namespace MyriadSync.Orchestration.Redrives;

/// <summary>Sends a message to its queue again. If it fails once more it comes back as the same entry.</summary>
internal sealed class MessageRedrive(IPayloadStore payloads, IPoisonSweep sweep) : IRedrive
{
    public string Kind => PoisonKinds.Message;

    public Task<RedriveVerdict?> FindDoneAsync(PoisonEntry entry, CancellationToken cancellationToken) => Task.FromResult<RedriveVerdict?>(null);

    public async Task<RedriveVerdict> RunAsync(PoisonEntry entry, string sub, string traceParent, CancellationToken cancellationToken)
    {
        if (await payloads.GetAsync(entry.Item.Payload, cancellationToken) is not { } content)
        {
            return RedriveVerdict.Failed("item-gone", "The item is no longer kept.");
        }

        await sweep.SendBackAsync(entry.Item.Queue, content, TimeSpan.Zero, cancellationToken);
        return RedriveVerdict.Done($"Sent to queue {entry.Item.Queue} again.");
    }
}
