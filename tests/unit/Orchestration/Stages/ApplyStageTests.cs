using Microsoft.Extensions.Options;
using MyriadSync.ChangeLog;
using MyriadSync.Contracts.Stores;
using MyriadSync.Myriad;
using MyriadSync.Orchestration.Stages;
using MyriadSync.Pipeline.Transform;
using MyriadSync.Poison;
using MyriadSync.UnitTests.ChangeLog;

namespace MyriadSync.UnitTests.Orchestration.Stages;

public sealed class ApplyStageTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private readonly ListedLog _log = new();
    private readonly TakingStore _store = new();

    [Fact]
    public async Task CatchUp_MoreIsMissingThanFitsMemory_BringsAllOfItToTheCluster()
    {
        for (var segments = 0; segments <= LogWindow.MaxBacklog / 1000; segments++)
        {
            _log.Add(1000);
        }

        var answer = await Stage().CatchUpAsync("d", _log.Segments[^1].Last, Cancel);

        Assert.Null(answer.WaitReason);
        Assert.Equal(_log.Segments[^1].Last, _log.Applied.Seq);
        Assert.Equal(_log.Segments[^1].Last, _store.Puts);
    }

    [Fact]
    public async Task CatchUp_LogHasAHoleBehindTheWindow_SaysSo()
    {
        _log.Add(1);
        _log.Add(LogWindow.MaxBacklog);
        _log.Segments.RemoveAt(0);

        await Assert.ThrowsAsync<InvalidDataException>(async () => await Stage().CatchUpAsync("d", LogWindow.MaxBacklog, Cancel));
    }

    private ApplyStage Stage() => new(
        _log, new LogWindows(_log), _store, new TableMap(Options.Create(new TableMapOptions())), new MappingHistory(_log, new RowCodecs(MappingSet.Plain, new TransformerCatalog([]))), new NoPoison());

    private sealed class TakingStore : IRecordStore
    {
        public long Puts { get; private set; }

        public Task<WriteAnswer> WriteAsync(string table, IReadOnlyList<RowPut> puts, IReadOnlyList<RowDelete> deletes, CancellationToken cancellationToken)
        {
            Puts += puts.Count;
            return Task.FromResult(WriteAnswer.Ok);
        }

        public Task<ReadAnswer> ReadAsync(string table, IReadOnlyCollection<string> rowKeys, IReadOnlySet<string> expected, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<ScanAnswer> ScanAsync(string table, string startInclusive, string endExclusive, int limit, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<ScanAnswer> ScanChangedAsync(string table, string startInclusive, long sinceMs, int limit, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<StampAnswer> StampAsync(string table, IReadOnlyCollection<string> rowKeys, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<StoreAnswer> EnsureTableAsync(string table, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<StoreHealth> CheckAsync(CancellationToken cancellationToken) => throw new NotSupportedException();
    }

    private sealed class NoPoison : IPoisonFeed
    {
        public Task SendParkedAsync(string dataset, IReadOnlyList<OutcomesRow> rows, string traceParent, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task SendHeldAsync(string dataset, IReadOnlyList<HeldRow> rows, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task SendReleasedAsync(string dataset, IReadOnlyList<HeldRow> rows, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task SendRowAsync(string dataset, BadRow row, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
