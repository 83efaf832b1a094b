using MyriadSync.Contracts;
using MyriadSync.Contracts.Stores;
using MyriadSync.Contracts.Values;
using MyriadSync.Pipeline.Resolve.Merge;

namespace MyriadSync.Pipeline.Resolve.Foreign;

/// <summary>
/// Settles what jobs wrote on the cluster with what the log says. A job's write is a patch of the cells that it wrote, made when their timestamps say. Where
/// edits are settled by time, so is it: the record as a whole under last-write-wins, each field under field-merge. Under all other policies, and on counters
/// and sets, it counts if it came after the field's last commit, that is, over what was there to see; what lies hidden under a newer cell of ours loses. Pure.
/// </summary>
internal sealed class ForeignMerge
{
    private readonly RecordState _current;
    private readonly ConflictPolicy _policy;
    private readonly KindMap _kinds;
    private readonly long _commitTs;
    private readonly ClockEditor _clocks;
    private readonly SortedDictionary<string, ReadOnlyMemory<byte>> _fields;
    private readonly List<string> _changed = [];
    private readonly List<string> _removed = [];
    private string _at;
    private bool _restores;

    private ForeignMerge(RecordState current, ConflictPolicy policy, KindMap kinds, long commitTs)
    {
        _current = current;
        _policy = policy;
        _kinds = kinds;
        _commitTs = commitTs;
        _clocks = new ClockEditor(current.Clocks);
        _at = current.At;
        _fields = new(current.Value is null ? [] : ValueColumns.Of(current.Value).ToDictionary(column => column.Qualifier, column => column.Json), StringComparer.Ordinal);
    }

    /// <summary>Judges.</summary>
    /// <param name="current">The record as the log and our own cells say: without the job's writes.</param>
    /// <param name="write">What was written.</param>
    /// <param name="policy">The store's policy.</param>
    /// <param name="kinds">Fields of the store that add up.</param>
    /// <param name="commitTs">HBase timestamp (ms) of the commit to come.</param>
    public static ForeignVerdict Judge(RecordState current, ForeignWrite write, ConflictPolicy policy, KindMap kinds, long commitTs)
    {
        var seen = write.Cells.Select(cell => cell.Timestamp).Append(write.DeletedAt ?? 0).Max();
        var ourNewest = current.Clocks.Columns.Values.Select(clock => clock.Timestamp).Append(current.Clocks.Default.Timestamp).Max();
        if (write.DeletedAt is { } deletedAt && write.Cells.All(cell => cell.Timestamp <= deletedAt))
        {
            return Deletion(current, deletedAt, policy, ourNewest, commitTs, seen);
        }

        if (current.Value is null)
        {
            // Newer than the tombstone: the record is made anew. Older: it stays dead, and the tombstone hides it.
            var fresh = write.Cells.Where(cell => cell.Json is not null && cell.Timestamp > ourNewest).ToList();
            return fresh.Count > 0 ? Creation(current, fresh, commitTs, seen) : new ForeignVerdict { Next = current, Restores = false, Seen = seen };
        }

        return new ForeignMerge(current, policy, kinds, commitTs).Cells(write.Cells, seen);
    }

    private static ForeignVerdict Deletion(RecordState current, long deletedAt, ConflictPolicy policy, long ourNewest, long commitTs, long seen)
    {
        var at = At(deletedAt);
        var wins = current.Value is null || (ByTime(policy) ? Later(at, PutMerge.Newest(current.Clocks, KindMap.None)) : deletedAt > ourNewest);
        return wins
            ? new ForeignVerdict { Next = Taken(current, null, at, new FieldClocks { Default = new FieldClock(commitTs, at, FieldClock.ThisCommit) }), Restores = false, Seen = seen }
            : new ForeignVerdict { Next = current, Restores = true, Changed = null, Seen = seen };
    }

    private static ForeignVerdict Creation(RecordState current, List<ForeignCell> cells, long commitTs, long seen)
    {
        var at = At(seen);
        var clocks = new FieldClocks { Default = new FieldClock(commitTs, at, FieldClock.ThisCommit) }
            .With(cells.Select(cell => cell.Qualifier), new FieldClock(seen, at, FieldClock.ThisCommit));
        return new ForeignVerdict { Next = Taken(current, ValueColumns.ToValue(cells.Select(cell => (cell.Qualifier, cell.Json!.Value))), at, clocks), Restores = false, Seen = seen };
    }

    private ForeignVerdict Cells(IReadOnlyList<ForeignCell> cells, long seen)
    {
        var wholeWins = Later(At(seen), PutMerge.Newest(_current.Clocks, _kinds));
        foreach (var cell in cells)
        {
            var visible = cell.Timestamp > _current.Clocks.WrittenAt(cell.Qualifier);
            if (Wins(cell, visible, wholeWins))
            {
                Take(cell, visible);
            }
            else if (visible)
            {
                PutBack(cell.Qualifier);
            }
        }

        var value = ValueColumns.ToValue(_fields.Select(field => (field.Key, field.Value)));
        return new ForeignVerdict { Next = Taken(_current, value, _at, _clocks.Build()), Restores = _restores, Changed = _changed, Removed = _removed, Seen = seen };
    }

    private bool Wins(ForeignCell cell, bool visible, bool wholeWins) => _policy switch
    {
        _ when _kinds[cell.Qualifier] is not null || _kinds.Below(cell.Qualifier).Any() => visible,
        ConflictPolicy.LastWriteWins => wholeWins,
        ConflictPolicy.FieldMerge => Later(At(cell.Timestamp), _clocks.Below(cell.Qualifier).Select(below => below.Value.At).Append(_clocks.Of(cell.Qualifier).At).Max(StringComparer.Ordinal)!),
        _ => visible,
    };

    private void Take(ForeignCell cell, bool visible)
    {
        var at = At(cell.Timestamp);
        _at = Later(at, _at) ? at : _at;
        _clocks.Assign(cell.Qualifier, new FieldClock(visible ? cell.Timestamp : _commitTs, at, FieldClock.ThisCommit));
        if (cell.Json is { } json)
        {
            _fields[cell.Qualifier] = json;
            if (!visible)
            {
                _changed.Add(cell.Qualifier);
            }
        }
        else if (_fields.Remove(cell.Qualifier) && !visible)
        {
            _removed.Add(cell.Qualifier);
        }
    }

    private void PutBack(string qualifier)
    {
        _restores = true;
        (_fields.ContainsKey(qualifier) ? _changed : _removed).Add(qualifier);

        // Written again by us: its edit is as old as it was, its cell is not.
        _clocks.Touch(qualifier, _clocks.Of(qualifier) with { Timestamp = _commitTs });
    }

    private static RecordState Taken(RecordState current, RecordValue? value, string at, FieldClocks clocks) =>
        current with { Value = value, At = Later(at, current.At) ? at : current.At, By = RecordState.Myriad, Clocks = clocks };

    private static bool ByTime(ConflictPolicy policy) => policy is ConflictPolicy.LastWriteWins or ConflictPolicy.FieldMerge;

    private static string At(long timestamp) => HybridTime.FromMilliseconds(timestamp, RecordState.Myriad).ToString();

    private static bool Later(string left, string right) => string.CompareOrdinal(left, right) > 0;
}
