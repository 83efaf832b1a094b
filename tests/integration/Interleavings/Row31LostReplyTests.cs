using Azure.Core;
using Azure.Data.Tables;
using MyriadSync.ChangeLog;
using MyriadSync.Contracts;
using MyriadSync.Contracts.Keys;
using MyriadSync.Contracts.Stores;
using MyriadSync.Contracts.Values;

namespace MyriadSync.IntegrationTests.Interleavings;

/// <summary>A commit by the scan, a redrive or an adapter, which no client's row tells anything about; the reply is lost.</summary>
public sealed class Row31LostReplyTests
{
    private const string Dataset = "row31";
    private readonly LostReplies _replies = new(message => message.Request.Method == RequestMethod.Post && message.Request.Uri.Path.EndsWith("$batch", StringComparison.Ordinal));
    private readonly TableChangeLog _log;

    public Row31LostReplyTests(SharedAzurite azurite)
    {
        var options = new TableClientOptions();
        options.AddPolicy(_replies, HttpPipelinePosition.PerRetry);
        options.Retry.MaxRetries = 1;
        options.Retry.Delay = TimeSpan.FromMilliseconds(1);
        _log = new TableChangeLog(new TableServiceClient(azurite.Process.TakeAccount(), options), MappingSet.Plain);
    }

    /// <summary>What the commit carries out, beside its entry.</summary>
    public static TheoryData<string[]> Commits => new(["redrive-1"], []);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Commits))]
    public async Task Commit_ReplyLostAndSentAgainBySdk_IsCommittedOnce(string[] done)
    {
        var first = await CommitAsync(Commit(null, "k", []));
        _replies.Lose(1);

        var answer = await CommitAsync(Commit(first.Head, "l", done));

        Assert.Equal(1, _replies.Lost);
        await AssertCommittedAsync(answer, "l", 2);
    }

    [Theory]
    [MemberData(nameof(Commits))]
    public async Task Commit_ReplyLostForGood_IsFoundWhenTheCallerRepeatsIt(string[] done)
    {
        var first = await CommitAsync(Commit(null, "k", []));
        var commit = Commit(first.Head, "l", done);
        _replies.Lose(2);

        await Assert.ThrowsAsync<StorageUnavailableException>(() => CommitAsync(commit));
        var others = await CommitAsync(Commit(await _log.ReadHeadAsync(Dataset, Cancel), "z", []));
        var answer = await CommitAsync(commit);

        Assert.Equal(CommitVerdict.Committed, others.Verdict);
        Assert.Equal(2, _replies.Lost);
        await AssertCommittedAsync(answer, "l", 2, "z");
    }

    [Fact]
    public async Task Commit_FirstOfTheDataset_ReplyLost_IsCommittedOnce()
    {
        _replies.Lose(1);

        var answer = await CommitAsync(Commit(null, "l", ["redrive-1"]));

        Assert.Equal(1, _replies.Lost);
        await AssertCommittedAsync(answer, "l", 1);
    }

    [Fact]
    public async Task Commit_SameRedriveByAnother_IsAlreadyDone()
    {
        var first = await CommitAsync(Commit(null, "k", ["redrive-1"]));

        var again = await CommitAsync(Commit(first.Head, "k", ["redrive-1"]));
        var none = await CommitAsync(Commit(first.Head, "k", ["redrive-1"]) with { Entries = [] });

        Assert.Equal([CommitVerdict.AlreadyDone, CommitVerdict.AlreadyDone], [again.Verdict, none.Verdict]);
        Assert.Equal(1, (await _log.ReadHeadAsync(Dataset, Cancel))!.Seq);
    }

    [Fact]
    public async Task Commit_ResolutionWithoutEffectOnTheRecord_ReplyLost_IsDoneOnce()
    {
        var first = await CommitAsync(Commit(null, "k", []));
        var commit = Commit(first.Head, "k", ["conflict-1"]) with { Entries = [] };
        _replies.Lose(2);

        await Assert.ThrowsAsync<StorageUnavailableException>(() => CommitAsync(commit));
        var onNewHead = await CommitAsync(commit with { Head = await _log.ReadHeadAsync(Dataset, Cancel) });

        Assert.Equal(CommitVerdict.AlreadyDone, onNewHead.Verdict);
        Assert.Equal(1, (await _log.ReadHeadAsync(Dataset, Cancel))!.Seq);
    }

    private Task<CommitAnswer> CommitAsync(Commit commit) => _log.CommitAsync(Dataset, commit, Cancel);

    private async Task AssertCommittedAsync(CommitAnswer answer, string key, long seq, params string[] later)
    {
        Assert.Equal(CommitVerdict.Committed, answer.Verdict);
        Assert.Equal(seq, Assert.Single(answer.Segments).Last);
        var head = await _log.ReadHeadAsync(Dataset, Cancel);
        Assert.Equal(head, answer.Head);
        var log = await _log.ReadSegmentsAsync(Dataset, 0, head!.Seq, int.MaxValue, Cancel);
        Assert.Equal(seq + later.Length, head.Seq);
        Assert.Equal(seq, log!.SelectMany(segment => segment.Entries).Single(entry => entry.Key.Encoded == "S" + key).Rev);
    }

    private static Commit Commit(HeadRow? head, string key, string[] done)
    {
        var at = HybridTime.FromMilliseconds(1000, RecordState.Myriad).ToString();
        Assert.True(RecordKey.TryDecode("S" + key, out var recordKey));
        return new Commit
        {
            Head = head,
            NewEpoch = "e",
            CommitId = Guid.NewGuid().ToString("n"),
            CommitTs = (head?.LastTs ?? 0) + 1,
            Entries =
            [
                new LogEntry
                {
                    Rev = (head?.Seq ?? 0) + 1,
                    Store = "todos",
                    Key = recordKey,
                    Value = RecordValue.Empty,
                    At = at,
                    By = RecordState.Myriad,
                    Clocks = new FieldClocks { Default = new FieldClock(1000, at) },
                },
            ],
            Done = [.. done.Select(id => new DoneRow { Id = id })],
        };
    }
}
