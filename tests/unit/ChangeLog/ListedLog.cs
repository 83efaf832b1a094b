using MyriadSync.ChangeLog;
using MyriadSync.Contracts;
using MyriadSync.Contracts.Stores;
using MyriadSync.Contracts.Values;
using MyriadSync.UnitTests.Pipeline.Resolve;

namespace MyriadSync.UnitTests.ChangeLog;

/// <summary>A log of lists, for parts that read one and bring the cluster up to it.</summary>
internal sealed class ListedLog : IChangeLog
{
    public List<Segment> Segments { get; } = [];

    public List<HeldRow> Held { get; } = [];

    public AppliedRow Applied { get; set; } = AppliedRow.None;

    /// <summary>Runs before a head is read.</summary>
    public Action BeforeHead { get; set; } = () => { };

    /// <summary>Heads that were read.</summary>
    public int HeadReads { get; private set; }

    /// <summary>A segment of one-field records after all others.</summary>
    public Segment Add(int entries, string json = """{"n":1}""")
    {
        var first = Segments.Count == 0 ? 1 : Segments[^1].Last + 1;
        var value = Build.Value(json);
        var segment = new Segment
        {
            First = first,
            CommitTs = first,
            CommitId = $"c{first}",
            ClientId = "a",
            BatchId = "b",
            Sub = "ada",
            SchemaVersion = 1,
            Atomic = false,
            Entries = [.. Enumerable.Range(0, entries).Select(i => Entry(first + i, value))],
        };
        Segments.Add(segment);
        return segment;
    }

    /// <summary>The record of an entry that <see cref="Add"/> made.</summary>
    public static RecordId Record(long rev) => new("todos", Build.Key(string.Concat($"{rev}".Select(digit => (char)('a' + digit - '0')))));

    public Task<HeadRow?> ReadHeadAsync(string dataset, CancellationToken cancellationToken)
    {
        BeforeHead();
        HeadReads++;
        return Task.FromResult(Segments.Count == 0 ? null : new HeadRow { Seq = Segments[^1].Last, LastTs = Segments[^1].CommitTs, Epoch = "e", OldestSeq = 0, ETag = $"{Segments[^1].Last}" });
    }

    public Task<AppliedRow> ReadAppliedAsync(string dataset, CancellationToken cancellationToken) => Task.FromResult(Applied);

    public Task<IReadOnlyList<HeldRow>> ReadHeldAsync(string dataset, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<HeldRow>>([.. Held]);

    public Task<IReadOnlyList<Segment>?> ReadSegmentsAsync(string dataset, long after, long upTo, int maxEntries, CancellationToken cancellationToken)
    {
        var found = new List<Segment>();
        foreach (var segment in Segments.Where(segment => segment.Last > after).TakeWhile(segment => segment.First <= upTo && found.Sum(one => one.Entries.Count) < maxEntries))
        {
            if (segment.First > (found.Count == 0 ? after : found[^1].Last) + 1)
            {
                return Task.FromResult<IReadOnlyList<Segment>?>(null);
            }

            found.Add(segment);
        }

        return Task.FromResult<IReadOnlyList<Segment>?>(found);
    }

    public Task<AppliedRow?> AdvanceAppliedAsync(
        string dataset, AppliedRow current, long seq, IReadOnlyList<HeldRow> hold, IReadOnlyList<RecordId> release, CancellationToken cancellationToken)
    {
        if (current.ETag != Applied.ETag)
        {
            return Task.FromResult<AppliedRow?>(null);
        }

        Applied = new AppliedRow { Seq = seq, Held = current.Held + hold.Count - release.Count, ETag = $"applied {seq}" };
        return Task.FromResult<AppliedRow?>(Applied);
    }

    public Task<ClientRow?> ReadClientAsync(string dataset, string clientId, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<OutcomesRow>> ReadOutcomesAsync(string dataset, string clientId, long firstSeq, long lastSeq, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<OutcomesRow>> ReadBatchAsync(string dataset, string clientId, string batchId, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<MappingSet?> ReadMappingAsync(string dataset, string mapHash, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<DoneRow?> ReadDoneAsync(string dataset, string id, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<CommitAnswer> CommitAsync(string dataset, Commit commit, CancellationToken cancellationToken) => throw new NotSupportedException();

    public IAsyncEnumerable<string> ReadDatasetsAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task CheckAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    private static LogEntry Entry(long rev, RecordValue value) => new()
    {
        Rev = rev,
        Store = "todos",
        Key = Record(rev).Key,
        Value = value,
        At = "000000000001-0000-a",
        By = "a",
        Clocks = new FieldClocks { Default = new FieldClock(1, "000000000001-0000-a", rev) },
    };
}
