using System.Buffers;
using MyriadSync.ChangeLog;
using MyriadSync.Contracts;
using MyriadSync.Contracts.Stores;
using MyriadSync.Contracts.Tables;
using MyriadSync.Contracts.Values;
using MyriadSync.Reading;

namespace MyriadSync.RxDb;

/// <summary>
/// Serves RxDB's pulls: first the snapshot, then the log from where it was when the snapshot began. RxDB stops at a page that is shorter than what it asked
/// for, and forgets the checkpoint of an empty one: a page is read on, over everything that is of no interest, until it is full or nothing more is there.
/// </summary>
internal sealed class RxPuller(ISnapshotReader snapshots, IChangeFeed feed, IDatasetReader datasets, LogWindows windows, RecordPlaces places, ISchemaVersions versions)
{
    /// <summary>Bytes of values in a page. It cannot be cut, so a client that wants more has to ask for fewer documents.</summary>
    private const long MaxPageBytes = 64L * 1024 * 1024;

    /// <summary>A page.</summary>
    /// <param name="dataset">A valid name.</param>
    /// <param name="store">A valid name.</param>
    /// <param name="schemaVersion">The app's schema version that documents are wanted in; within the window.</param>
    /// <param name="since">Where to go on; null: the client has nothing.</param>
    /// <param name="limit">Documents wanted; more only to keep an atomic commit whole.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<RxPage> ReadAsync(string dataset, string store, int schemaVersion, RxCheckpoint? since, int limit, CancellationToken cancellationToken)
    {
        var page = new Page(windows.Get(dataset), versions, schemaVersion);
        var scope = new ReadScope { Only = [store], SchemaVersion = schemaVersion };
        var (begins, token, cursor) = (since is null, since?.Snapshot, since?.Cursor);
        while (begins || token is not null)
        {
            var part = await snapshots.ReadAsync(dataset, scope, token, limit - page.Count, cancellationToken);
            if (part.Fault != SnapshotFault.None)
            {
                return Fault(part);
            }

            foreach (var record in part.Records)
            {
                if (page.Count == limit)
                {
                    // The log had more for these keys than the cluster has rows: the rest begins the next page.
                    var rest = new SnapshotToken(part.Cursor.Epoch, part.Cursor.Seq, SnapshotToken.ScopeOf(dataset, [store]), places.PositionOf(dataset, record.Id)!);
                    return page.Done(new RxCheckpoint(rest.ToString(), part.Cursor), atEnd: false);
                }

                page.Add(record.Id, record.Record.Value);
            }

            (begins, token, cursor) = (false, part.NextPage, part.Cursor);
            if (token is not null && page.Count == limit)
            {
                return page.Done(new RxCheckpoint(token, part.Cursor), atEnd: false);
            }
        }

        return await FollowAsync(page, dataset, scope, cursor, limit, cancellationToken);
    }

    private async Task<RxPage> FollowAsync(Page page, string dataset, ReadScope scope, Cursor? since, int limit, CancellationToken cancellationToken)
    {
        var cursor = since;
        while (true)
        {
            if (page.Bytes > MaxPageBytes)
            {
                return RxPage.Of(Problems.TooLarge);
            }

            if (page.Count >= limit)
            {
                return page.Done(new RxCheckpoint(null, cursor!.Value), atEnd: false);
            }

            var part = await feed.ReadAsync(dataset, cursor, limit - page.Count, scope, cancellationToken);
            if (part.Gone is not null)
            {
                return RxPage.Of(Problems.CursorGone, part.Gone);
            }

            foreach (var entry in part.Entries)
            {
                page.Add(new RecordId(entry.Store, entry.Key), entry.Value);
            }

            cursor = part.Next;
            if (!part.More)
            {
                return page.Count == 0 && since is { } from && await IsAgingAsync(dataset, from, part.Next, cancellationToken)
                    ? await TouchAsync(page, dataset, scope, part.Next, cancellationToken)
                    : page.Done(new RxCheckpoint(null, part.Next), atEnd: true);
            }
        }
    }

    /// <summary>Whether the checkpoint that clients keep, because an empty page has none, lies in the older half of the log: retention will get there.</summary>
    private async Task<bool> IsAgingAsync(string dataset, Cursor since, Cursor next, CancellationToken cancellationToken)
    {
        var state = await datasets.ReadAsync(dataset, cancellationToken);
        return next.Seq > since.Seq && since.Seq - state.OldestSeq < (next.Seq - state.OldestSeq) / 2;
    }

    /// <summary>Gives one document once more, so that the client takes the checkpoint. A store that nothing happens in would lose its clients otherwise.</summary>
    private async Task<RxPage> TouchAsync(Page page, string dataset, ReadScope scope, Cursor next, CancellationToken cancellationToken)
    {
        // The first page alone: this is no load, and a store with nothing in it has nobody to lose.
        var first = await snapshots.ReadAsync(dataset, scope, null, 1, cancellationToken);
        if (first is { Fault: SnapshotFault.None, Records: [var record, ..] } && first.Cursor == next)
        {
            page.Add(record.Id, record.Record.Value);
        }

        return page.Done(new RxCheckpoint(null, next), atEnd: true);
    }

    private static RxPage Fault(SnapshotPage page) => page.Fault switch
    {
        SnapshotFault.Unavailable => RxPage.Of(Problems.ClusterUnavailable),
        SnapshotFault.Gone => RxPage.Of(Problems.CursorGone, page.Reason),
        _ => RxPage.Of(Problems.InvalidParameter),
    };

    /// <summary>A page while it fills: of several states of a record the last.</summary>
    private sealed class Page(LogWindow window, ISchemaVersions versions, int schemaVersion)
    {
        private readonly Dictionary<RecordId, LinkedListNode<(RecordId Id, RecordValue? Value)>> _places = [];
        private readonly LinkedList<(RecordId Id, RecordValue? Value)> _records = [];

        public int Count => _records.Count;

        public long Bytes { get; private set; }

        public void Add(RecordId id, RecordValue? value)
        {
            if (!RxDocument.CanBe(id.Key, value))
            {
                return;
            }

            if (_places.Remove(id, out var earlier))
            {
                _records.Remove(earlier);
            }

            _places[id] = _records.AddLast((id, value));
            Bytes += value?.Size ?? 0;
        }

        public RxPage Done(RxCheckpoint checkpoint, bool atEnd)
        {
            var dead = _records.Where(record => record.Value is null).Select(record => record.Id).ToHashSet();
            var history = RowHistory.Of(window, dead, versions, schemaVersion);
            return new RxPage { Documents = [.. _records.Select(record => ToDocument(record.Id, record.Value, history))], Checkpoint = checkpoint, AtEnd = atEnd };
        }

        /// <summary>A deleted document has the fields that it last had, where the log still knows them: a client's schema may demand them.</summary>
        private static RxDocument ToDocument(RecordId id, RecordValue? value, RowHistory history)
        {
            var key = new ArrayBufferWriter<byte>(64);
            id.Key.WriteJson(key);
            var fields = value ?? history.LastValue(id);
            return new RxDocument(key.WrittenMemory, fields is { IsObject: true } ? fields : null, value is null);
        }
    }
}
