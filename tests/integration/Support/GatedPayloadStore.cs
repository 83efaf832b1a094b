using MyriadSync.Payloads;

namespace MyriadSync.IntegrationTests.Support;

/// <summary>The app's claim checks with gates. The argument of a held call is the payload's name.</summary>
internal sealed class GatedPayloadStore(IPayloadStore inner, GatedCalls calls) : IPayloadStore
{
    public Task PutAsync(string name, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken) => calls.RunAsync(
        nameof(PutAsync),
        name,
        async () =>
        {
            await inner.PutAsync(name, payload, cancellationToken);
            return true;
        },
        cancellationToken);

    public Task<ReadOnlyMemory<byte>?> GetAsync(string name, CancellationToken cancellationToken) =>
        calls.RunAsync(nameof(GetAsync), name, () => inner.GetAsync(name, cancellationToken), cancellationToken);

    public Task DeleteAsync(string name, CancellationToken cancellationToken) => calls.RunAsync(
        nameof(DeleteAsync),
        name,
        async () =>
        {
            await inner.DeleteAsync(name, cancellationToken);
            return true;
        },
        cancellationToken);

    public IAsyncEnumerable<StoredPayload> ListAsync(string prefix, DateTimeOffset before, CancellationToken cancellationToken) => inner.ListAsync(prefix, before, cancellationToken);

    public Task<bool> DeleteUnchangedAsync(StoredPayload payload, CancellationToken cancellationToken) => inner.DeleteUnchangedAsync(payload, cancellationToken);
}
