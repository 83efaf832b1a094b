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

    /// <summary>Entries that the cluster may be behind before new batches wait instead of being held in memory.</summary>
    public const int MaxBacklog = 100_000;

    private readonly Lock _sync = new();
    private readonly Dictionary<RecordId, LogEntry> _latest = [];
    private readonly LinkedList<Segment> _segments = [];
    private IReadOnlyDictionary<RecordId, HeldRow> _held = new Dictionary<RecordId, HeldRow>();
    private int _entries;
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

    /// <summary>Reads <c>applied</c>, then the head, then the segments that are new; the caller holds <see cref="CommitGate"/>. Returns false when the cluster is too far behind to hold the rest in memory.</summary>
    public async Task<bool> RefreshAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var applied = await log.ReadAppliedAsync(dataset, cancellationToken);
            var head = await log.ReadHeadAsync(dataset, cancellationToken);
            var held = applied.Held > 0 ? await log.ReadHeldAsync(dataset, cancellationToken) : [];
            var restart = !_loaded || head?.Epoch != Head?.Epoch || (head?.Seq ?? 0) < HeadSeq;
            var from = restart ? applied.Seq : HeadSeq;
            var to = head?.Seq ?? 0;
            if (to - Math.Min(from, applied.Seq) > MaxBacklog)
            {
                return false;
            }

            var segments = to > from ? await log.ReadSegmentsAsync(dataset, from, to, int.MaxValue, cancellationToken) : [];
            if (segments is null)
            {
                // Retention passed by, or the log was replaced: begin again from a fresh head.
                _loaded = false;
                continue;
            }

            lock (_sync)
            {
                if (restart)
                {
                    Forget(applied.Seq);
                }

                Add(segments.Where(segment => segment.Last > HeadSeq || restart));
                (Head, Applied, _loaded) = (head, applied.Seq >= Applied.Seq || restart ? applied : Applied, true);
                _held = held.ToDictionary(row => new RecordId(row.Entry.Store, row.Entry.Key));
                Trim();
            }

            return true;
        }
    }

    /// <summary>Reads the window once; later calls return at once. The caller holds <see cref="CommitGate"/>.</summary>
    public async Task<bool> LoadAsync(CancellationToken cancellationToken) => _loaded || await RefreshAsync(cancellationToken);

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
                hold.ToList().ForEach(row => held[new RecordId(row.Entry.Store, row.Entry.Key)] = row);
                _held = held;
            }

            Trim();
        }
    }

    private void Add(IEnumerable<Segment> segments)
    {
        foreach (var segment in segments)
        {
            _segments.AddLast(segment);
            _entries += segment.Entries.Count;
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
        (_entries, Floor) = (0, floor);
    }

    private void Trim()
    {
        while (_entries > KeptEntries && _segments.First is { } oldest && oldest.Value.Last <= Applied.Seq)
        {
            _segments.RemoveFirst();
            _entries -= oldest.Value.Entries.Count;
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
}
