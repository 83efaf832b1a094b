using MyriadSync.Contracts;
using MyriadSync.Contracts.Stores;
using MyriadSync.Contracts.Values;

namespace MyriadSync.RxDb;

/// <summary>
/// What a client did to a document, as a patch: from the state that it assumed on the server to the one that it sends. Objects are compared member by member,
/// everything else is a value as a whole; a counter's difference is an increment, a set's are additions and removals. So the store's policy sees the edit and
/// not its whole surroundings. Pure.
/// </summary>
internal sealed class StateDiff
{
    private readonly IReadOnlyDictionary<string, FieldKind> _kinds;
    private readonly List<KeyValuePair<string, ReadOnlyMemory<byte>>> _set = [];
    private readonly List<string> _unset = [];
    private readonly List<KeyValuePair<string, ReadOnlyMemory<byte>>> _inc = [];
    private readonly List<KeyValuePair<string, IReadOnlyList<ReadOnlyMemory<byte>>>> _add = [];
    private readonly List<KeyValuePair<string, IReadOnlyList<ReadOnlyMemory<byte>>>> _remove = [];

    private StateDiff(IReadOnlyDictionary<string, FieldKind> kinds) => _kinds = kinds;

    /// <summary>The patch; null: nothing was done that a patch could say.</summary>
    /// <param name="from">The assumed state, a plain object.</param>
    /// <param name="to">The new state, a plain object.</param>
    /// <param name="kinds">JSON Pointer to kind.</param>
    public static PatchBody? Between(RecordValue from, RecordValue to, IReadOnlyDictionary<string, FieldKind> kinds)
    {
        var diff = new StateDiff(kinds);
        diff.Compare("", from.Fields, to.Fields);
        return diff._set.Count + diff._unset.Count + diff._inc.Count + diff._add.Count + diff._remove.Count == 0
            ? null
            : new PatchBody { Set = diff._set, Unset = diff._unset, Inc = diff._inc, Add = diff._add, Remove = diff._remove };
    }

    /// <summary>Both lists are in the order of their names.</summary>
    private void Compare(string pointer, IReadOnlyList<RecordField> from, IReadOnlyList<RecordField> to)
    {
        var (i, j) = (0, 0);
        while (i < from.Count || j < to.Count)
        {
            var order = i == from.Count ? 1 : j == to.Count ? -1 : string.CompareOrdinal(from[i].Name, to[j].Name);
            var member = JsonPointers.Append(pointer, order <= 0 ? from[i].Name : to[j].Name);
            if (order < 0)
            {
                _unset.Add(member);
            }
            else
            {
                Compare(member, order == 0 ? from[i].Json : default, to[j].Json);
            }

            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
        }
    }

    private void Compare(string pointer, ReadOnlyMemory<byte> from, ReadOnlyMemory<byte> to)
    {
        if (from.Span.SequenceEqual(to.Span))
        {
            return;
        }

        var said = _kinds.TryGetValue(pointer, out var kind) && kind switch
        {
            FieldKind.Counter => TryCount(pointer, from, to),
            FieldKind.Set => TryElements(pointer, from, to),
            _ => false,
        };
        if (said)
        {
            return;
        }

        if (!from.IsEmpty && CanonicalParts.TryGetFields(from, out var before) && CanonicalParts.TryGetFields(to, out var after))
        {
            Compare(pointer, before, after);
        }
        else
        {
            _set.Add(new(pointer, to));
        }
    }

    private bool TryCount(string pointer, ReadOnlyMemory<byte> from, ReadOnlyMemory<byte> to)
    {
        if (!Increments.TryGetDifference(from.Span, to.Span, out var difference))
        {
            return false;
        }

        _inc.Add(new(pointer, difference));
        return true;
    }

    private bool TryElements(string pointer, ReadOnlyMemory<byte> from, ReadOnlyMemory<byte> to)
    {
        List<ReadOnlyMemory<byte>> before = [];
        if (!CanonicalParts.TryGetElements(to, out var isSet, out var after)
            || (!from.IsEmpty && (!CanonicalParts.TryGetElements(from, out var wasSet, out before) || wasSet != isSet))
            || (from.IsEmpty && (isSet || after.Count == 0)))
        {
            return false;
        }

        var added = after.Except(before, CanonicalBytes.Comparer).ToList();
        var removed = before.Except(after, CanonicalBytes.Comparer).ToList();
        if (added.Count > 0)
        {
            _add.Add(new(pointer, added));
        }

        if (removed.Count > 0)
        {
            _remove.Add(new(pointer, removed));
        }

        // Another order of the same elements is no edit of a set.
        return true;
    }
}
