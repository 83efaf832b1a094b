using System.Text;
using Microsoft.Extensions.Options;
using MyriadSync.Contracts;
using MyriadSync.Orchestration;
using MyriadSync.Payloads;
using MyriadSync.UnitTests.Contracts.Wire;

namespace MyriadSync.UnitTests.Orchestration;

/// <summary>A batch that waits for long keeps its claim check from looking like an orphan.</summary>
public sealed class BatchLoaderTests
{
    private const string Instance = "i";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private readonly CountingStore _store = new() { Body = Encoding.UTF8.GetBytes(BatchText.Of(BatchText.Put)) };

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(59, 1)]
    [InlineData(60, 2)]
    [InlineData(61, 1)]
    [InlineData(120, 2)]
    public async Task Load_AfterWaits_ReadsTheClaimCheckOnceAnHour(int waits, int reads)
    {
        var loader = Loader();
        await loader.LoadAsync(Input(0), Instance, Cancel);

        var batch = await loader.LoadAsync(Input(waits), Instance, Cancel);

        Assert.NotNull(batch);
        Assert.Equal(reads, _store.Reads);
    }

    [Fact]
    public async Task Load_ClaimCheckGone_GivesWhatIsRemembered()
    {
        var loader = Loader();
        var before = await loader.LoadAsync(Input(0), Instance, Cancel);
        _store.Body = null;

        var after = await loader.LoadAsync(Input(60), Instance, Cancel);

        Assert.Same(before, after);
    }

    [Fact]
    public async Task Load_ClaimCheckGoneAndNothingRemembered_IsNone()
    {
        _store.Body = null;

        Assert.Null(await Loader().LoadAsync(Input(60), Instance, Cancel));
    }

    [Fact]
    public async Task Load_AnotherBatchOfTheSameIdIsRemembered_ReadsItsOwn()
    {
        var memory = new BatchMemory();
        memory.Get(Instance).Batch = BatchText.ReadSound(BatchText.Of(BatchText.Change("\"op\":\"delete\",\"at\":\"" + BatchText.At + "\"")));

        var batch = await new BatchLoader(_store, memory, Options.Create(new SyncLimits())).LoadAsync(Input(0), Instance, Cancel);

        Assert.Equal((Input(0).BodyHash, 1), (batch?.BodyHash, _store.Reads));
    }

    private BatchLoader Loader() => new(_store, new BatchMemory(), Options.Create(new SyncLimits()));

    private static SyncBatchInput Input(int waits) => new()
    {
        Dataset = "d",
        Sub = "ada",
        ClientId = "c1",
        BatchId = "b1",
        BodyHash = BatchText.ReadSound(BatchText.Of(BatchText.Put)).BodyHash,
        FirstSeq = 1,
        LastSeq = 1,
        Payload = "batches/i/h",
        Waits = waits,
    };

    private sealed class CountingStore : IPayloadStore
    {
        public byte[]? Body { get; set; }

        public int Reads { get; private set; }

        public Task<ReadOnlyMemory<byte>?> GetAsync(string name, CancellationToken cancellationToken)
        {
            Reads++;
            return Task.FromResult(Body is null ? null : (ReadOnlyMemory<byte>?)Body);
        }

        public Task PutAsync(string name, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task DeleteAsync(string name, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<bool> DeleteUnchangedAsync(StoredPayload payload, CancellationToken cancellationToken) => throw new NotSupportedException();

        public IAsyncEnumerable<StoredPayload> ListAsync(string prefix, DateTimeOffset before, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
