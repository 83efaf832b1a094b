using MyriadSync.ChangeLog;
using MyriadSync.Contracts;
using MyriadSync.Contracts.Stores;

namespace MyriadSync.Reading;

/// <summary>Serves pulls from the log. The cluster is never asked, so pulls go on while it is down.</summary>
internal sealed class ChangeFeed(IChangeLog log, LogWindows windows, HeadWatch watch, ISchemaVersions versions) : IChangeFeed
{

    /// <summary>Bytes of values in a page: it ends early rather than grow without bound.</summary>
    private const long MaxPageBytes = 8 * 1024 * 1024;

    private const int MaxTries = 3;

    public async Task<FeedPage> ReadAsync(string dataset, Cursor? since, int limit, ReadScope scope, CancellationToken cancellationToken)
    {
        for (var tries = 0; ; tries++)
        {
            var head = await log.ReadHeadAsync(dataset, cancellationToken);
            if (Check(since, head) is { } gone)
            {
                return new FeedPage { Gone = gone };
            }

            if (head is null)
            {
                return new FeedPage { Next = new Cursor(Cursor.NoEpoch, 0) };
            }

            if (await CollectAsync(dataset, head, since?.Seq ?? 0, limit, scope, cancellationToken) is { } page)
            {
                return page;
            }

            // A segment was missing although the head said it is there: retention passed by in between, and a fresh head tells.
            if (tries == MaxTries)
            {
                throw new InvalidDataException($"The log of dataset {dataset} has a gap after {since?.Seq ?? 0}.");
            }
        }
    }

    public Task WaitAsync(string dataset, Cursor since, TimeSpan atMost, CancellationToken cancellationToken) =>
        watch.WaitAsync(dataset, head => head.Seq > since.Seq || (head.Epoch != since.Epoch && since.Epoch != Cursor.NoEpoch), atMost, cancellationToken);

    private static string? Check(Cursor? since, HeadRow? head) => since switch
    {
        null when head?.OldestSeq > 0 => "retention",
        null => null,
        { } cursor when cursor.Epoch == Cursor.NoEpoch && cursor.Seq == 0 => head?.OldestSeq > 0 ? "retention" : null,
        { } cursor when cursor.Epoch != head?.Epoch => "epoch",
        { } cursor when cursor.Seq < head.OldestSeq => "retention",
        { } cursor when cursor.Seq > head.Seq => "ahead",
        _ => null,
    };

    /// <summary>A page; null: a segment that should be there is not.</summary>
    private async Task<FeedPage?> CollectAsync(string dataset, HeadRow head, long since, int limit, ReadScope scope, CancellationToken cancellationToken)
    {
        var entries = new List<LogEntry>(Math.Min(limit, 1000));
        var bytes = 0L;
        var seq = since;
        string? atomic = null;
        while (seq < head.Seq)
        {
            if (await SegmentsAsync(dataset, head, seq, limit, cancellationToken) is not { } segments)
            {
                return null;
            }

            foreach (var segment in segments)
            {
                foreach (var entry in segment.Entries.Where(entry => entry.Rev > seq))
                {
                    if ((entries.Count >= limit || bytes > MaxPageBytes) && segment.CommitId != atomic)
                    {
                        return new FeedPage { Entries = entries, Next = new Cursor(head.Epoch, entry.Rev - 1), More = true };
                    }

                    // Once an atomic commit is begun, the page holds all of it.
                    atomic = segment.Atomic ? segment.CommitId : null;
                    if (scope.Shows(entry.Store))
                    {
                        entries.Add(InVersion(entry, scope.SchemaVersion));
                        bytes += entry.Value?.Size ?? 0;
                    }
                }

                seq = segment.Last;
            }
        }

        return new FeedPage { Entries = entries, Next = new Cursor(head.Epoch, seq), More = false };
    }

    private LogEntry InVersion(LogEntry entry, int schemaVersion)
    {
        var value = entry.Value is null ? null : versions.Convert(entry.Store, entry.Value, entry.SchemaVersion, schemaVersion);
        return ReferenceEquals(value, entry.Value) ? entry : entry with { Value = value };
    }

    private async Task<IReadOnlyList<Segment>?> SegmentsAsync(string dataset, HeadRow head, long after, int limit, CancellationToken cancellationToken)
    {
        var window = windows.Get(dataset);
        if (window.Head?.Epoch == head.Epoch && window.HeadSeq >= head.Seq && window.Floor <= after)
        {
            var known = window.SegmentsAbove(after);
            if (known.Count > 0 && known[0].First <= after + 1)
            {
                return [.. known.TakeWhile(segment => segment.First <= head.Seq)];
            }
        }

        return await log.ReadSegmentsAsync(dataset, after, head.Seq, limit, cancellationToken);
    }
}
