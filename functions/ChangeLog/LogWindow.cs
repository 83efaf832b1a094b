using MyriadSync.Contracts;

namespace MyriadSync.ChangeLog;

/// <summary>
/// What this process remembers of one dataset's log: its head, how far the cluster is, and every entry above <see cref="Floor"/>. It may be older
/// than the log, never other than it: a commit stands on the head's ETag, so one made on an old window fails and the window is read again.
/// </summary>
/// <remarks>Commits are made by one caller at a time (<see cref="CommitGate"/>), so that callers of one process do not fail each other.</remarks>
internal sealed class LogWindow(string dataset, IChangeLog log)
{
    /// <summary>Entries above which the oldest applied segments are forgotten.</summary>
    private const int KeptEntries = 20_000;

    /// <summary>Bytes of values above which they are forgotten likewise: entries hold from a few bytes to 256 KiB.</summary>
    private const long KeptBytes = 32 * 1024 * 1024;

    /// <summary>Entries that the cluster may be behind before new batches wait instead of being held in memory.</summary>
    public const int MaxBacklog = 100_000;

    /// <summary>Reads in a row that met a hole: each but the last may have been overtaken by retention.</summary>
    private const int MaxReads = 3;

    private readonly Lock _sync = new();
    private readonly Dictionary<RecordId, LogEntry> _latest = [];
    private readonly LinkedList<Segment> _segments = [];
    private IReadOnlyDictionary<RecordId, HeldRow> _held = new Dictionary<RecordId, HeldRow>();
    private int _entries;
    private long _bytes;
    private bool _loaded;

    /// <summary>The dataset.</summary>
    public string Dataset => dataset;

    /// <summary>Held while reading the window, resolving and committing.</summary>
    public SemaphoreSlim CommitGate { get; } = new(1, 1);

    /// <summary>Held while bringing the cluster up to date.</summary>
    public SemaphoreSlim ApplyGate { get; } = new(1, 1);

    /// <summary>Where the log ends; null: it has no commit yet.</summary>
    public HeadRow? Head { get; private set; }

    /// <summary>How far the cluster is.</summary>
    public AppliedRow Applied { get; private set; } = AppliedRow.None;

    /// <summary>Entries above this seq are all here.</summary>
    public long Floor { get; private set; }

    /// <summary>Last committed seq.</summary>
    public long HeadSeq => Head?.Seq ?? 0;

    /// <summary>The newest entry of a record above <see cref="Floor"/>; null: none.</summary>
    public LogEntry? Latest(RecordId record)
    {
        lock (_sync)
        {
            return _latest.GetValueOrDefault(record);
        }
    }

    /// <summary>The state that the cluster refuses to take; null: it does not.</summary>
    public HeldRow? Held(RecordId record) => _held.GetValueOrDefault(record);

    /// <summary>Newest entries of all records that the cluster may lack, for overlaying a scan.</summary>
    public IReadOnlyList<LogEntry> LatestAbove(long seq)
    {
        lock (_sync)
        {
            return [.. _latest.Values.Where(entry => entry.Rev > seq)];
        }
    }

    /// <summary>Every held record.</summary>
    public IEnumerable<HeldRow> AllHeld => _held.Values;

    /// <summary>Segments above a seq that is at or above <see cref="Floor"/>.</summary>
    public IReadOnlyList<Segment> SegmentsAbove(long seq)
    {
        lock (_sync)
        {
            return [.. _segments.Where(segment => segment.Last > seq)];
        }
    }

    /// <summary>
    /// Reads <c>applied</c>, then the head, then the segments that are new; the caller holds <see cref="CommitGate"/>. Returns false when the cluster is too far
    /// behind to hold the rest in memory: then the window knows where the log and the cluster are, and holds no entry.
    /// </summary>
    /// <exception cref="InvalidDataException">The log has a hole.</exception>
    public async Task<bool> RefreshAsync(CancellationToken cancellationToken)
    {
        for (var reads = 1; ; reads++)
        {
            var applied = await log.ReadAppliedAsync(dataset, cancellationToken);
            var head = await log.ReadHeadAsync(dataset, cancellationToken);
            var held = applied.Held > 0 ? await log.ReadHeldAsync(dataset, cancellationToken) : [];
            var restart = !_loaded || head?.Epoch != Head?.Epoch || (head?.Seq ?? 0) < HeadSeq;
            var from = restart ? applied.Seq : HeadSeq;
            var to = head?.Seq ?? 0;
            var isBehind = to - Math.Min(from, applied.Seq) > MaxBacklog;
            var segments = to > from && !isBehind ? await log.ReadSegmentsAsync(dataset, from, to, int.MaxValue, cancellationToken) : [];
            if (segments is not null)
            {
                TakeOver(applied, head, held, segments, restart, isBehind);
                return !isBehind;
            }

            // Retention passed by, or the log was replaced: begin again from a fresh head.
            _loaded = reads < MaxReads ? false : throw new InvalidDataException($"The log of dataset {dataset} has a hole between {from} and {to}.");
        }
    }

    /// <summary>Whether commits may go on: reads the window the first time. False: the cluster is too far behind. The caller holds <see cref="CommitGate"/>.</summary>
    public async Task<bool> LoadAsync(CancellationToken cancellationToken) => _loaded ? HeadSeq - Applied.Seq <= MaxBacklog : await RefreshAsync(cancellationToken);

    /// <summary><see cref="RefreshAsync"/> for callers that do not hold <see cref="CommitGate"/>.</summary>
    public async Task<bool> RefreshAloneAsync(CancellationToken cancellationToken)
    {
        await CommitGate.WaitAsync(cancellationToken);
        try
        {
            return await RefreshAsync(cancellationToken);
        }
        finally
        {
            CommitGate.Release();
        }
    }

    /// <summary>Reads the window once; later calls return at once. For callers that do not hold <see cref="CommitGate"/>.</summary>
    public async Task<bool> EnsureLoadedAsync(CancellationToken cancellationToken) => _loaded || await RefreshAloneAsync(cancellationToken);

    /// <summary>Epoch of the log that has a commit at a seq; null: it has none at all. Another instance, or another thread just now, may have made it.</summary>
    public async Task<string?> EpochAtAsync(long seq, CancellationToken cancellationToken) =>
        (Head is { } head && head.Seq >= seq ? head : await log.ReadHeadAsync(dataset, cancellationToken))?.Epoch;

    /// <summary>Whether everything up to a seq is on the cluster. Another instance may have brought it there.</summary>
    public async Task<bool> IsAppliedAsync(long seq, CancellationToken cancellationToken) =>
        Applied.Seq >= seq || (await log.ReadAppliedAsync(dataset, cancellationToken)).Seq >= seq;

    /// <summary>Takes over a commit of this process. False: others committed in between, refresh.</summary>
    public bool TryAppend(CommitAnswer answer)
    {
        lock (_sync)
        {
            if (answer.Head!.Seq != HeadSeq + answer.Segments.Sum(segment => segment.Entries.Count))
            {
                return false;
            }

            Add(answer.Segments);
            Head = answer.Head;
            Trim();
            return true;
        }
    }

    /// <summary>Takes over a move of <c>applied</c>.</summary>
    public void Advance(AppliedRow applied, IReadOnlyList<HeldRow> hold, IReadOnlyList<RecordId> release)
    {
        lock (_sync)
        {
            Applied = applied;
            if (hold.Count > 0 || release.Count > 0)
            {
                var held = new Dictionary<RecordId, HeldRow>(_held);
                release.ToList().ForEach(record => held.Remove(record));
                hold.ToList().ForEach(row => held[row.Record] = row);
                _held = held;
            }

            Trim();
        }
    }

    private void TakeOver(AppliedRow applied, HeadRow? head, IReadOnlyList<HeldRow> held, IReadOnlyList<Segment> segments, bool restart, bool isBehind)
    {
        lock (_sync)
        {
            if (restart || isBehind)
            {
                Forget(isBehind ? head!.Seq : applied.Seq);
            }

            Add(segments.Where(segment => segment.Last > HeadSeq || restart));
            if (restart || applied.Seq >= Applied.Seq)
            {
                // Both or neither: this process may have applied more since the two were read, and a record held by that would be forgotten.
                (Applied, _held) = (applied, held.ToDictionary(row => row.Record));
            }

            (Head, _loaded) = (head, !isBehind);
            Trim();
        }
    }

    private void Add(IEnumerable<Segment> segments)
    {
        foreach (var segment in segments)
        {
            _segments.AddLast(segment);
            _entries += segment.Entries.Count;
            _bytes += BytesOf(segment);
            foreach (var entry in segment.Entries)
            {
                _latest[new RecordId(entry.Store, entry.Key)] = entry;
            }
        }
    }

    private void Forget(long floor)
    {
        _segments.Clear();
        _latest.Clear();
        (_entries, _bytes, Floor) = (0, 0, floor);
    }

    private void Trim()
    {
        while ((_entries > KeptEntries || _bytes > KeptBytes) && _segments.First is { } oldest && oldest.Value.Last <= Applied.Seq)
        {
            _segments.RemoveFirst();
            _entries -= oldest.Value.Entries.Count;
            _bytes -= BytesOf(oldest.Value);
            Floor = oldest.Value.Last;
            foreach (var entry in oldest.Value.Entries)
            {
                var record = new RecordId(entry.Store, entry.Key);
                if (_latest[record].Rev == entry.Rev)
                {
                    _latest.Remove(record);
                }
            }
        }
    }

    private static long BytesOf(Segment segment) => segment.Entries.Sum(entry => entry.Value?.Size ?? 0L);
}
