using MyriadSync.Contracts;
using MyriadSync.Contracts.Keys;
using MyriadSync.Contracts.Stores;
using MyriadSync.Contracts.Values;

namespace MyriadSync.Pipeline.Resolve.Merge;

/// <summary>
/// Merges a put into a record: it assigns every field that it has, and takes away those that it leaves out, as far as it knew of them. What it cannot have
/// known is not taken away by silence.
/// </summary>
internal sealed class PutMerge
{
    private readonly RecordState _current;
    private readonly RecordValue _value;
    private readonly MergeScope _scope;
    private readonly RecordMerge _merge;
    private bool _lost;

    private PutMerge(RecordState current, RecordValue value, MergeScope scope)
    {
        _current = current;
        _value = value;
        _scope = scope;
        _merge = new RecordMerge(current, value, new ClockEditor(FieldClocks.None), scope);
    }

    /// <summary>Merges.</summary>
    public static MergeResult Run(RecordState current, RecordValue value, MergeScope scope)
    {
        if (scope.Mode == MergeMode.AddingUp)
        {
            return new MergeResult { Value = current.Value, Clocks = current.Clocks, Lost = true };
        }

        if (current.Value is null || (scope.Mode == MergeMode.All && scope.Kinds.IsEmpty) || !Unseen(current.Clocks, scope))
        {
            return Whole(current, value, scope);
        }

        if (!current.Value.IsObject || !value.IsObject)
        {
            // Values that have no fields are settled as one.
            return scope.Mode == MergeMode.ByClock && string.CompareOrdinal(NewestUnseen(current.Clocks, scope.Known, KindMap.None), scope.AtText) > 0
                ? new MergeResult { Value = current.Value, Clocks = current.Clocks, Lost = true }
                : Whole(current, value, scope);
        }

        return new PutMerge(current, value, scope).Merge();
    }

    /// <summary>The hybrid time of the newest edit that somebody else made and the change does not know; empty: there is none.</summary>
    /// <param name="clocks">The record's clocks.</param>
    /// <param name="known">What the change knows.</param>
    /// <param name="kinds">Fields to leave aside.</param>
    public static string NewestUnseen(FieldClocks clocks, Knowledge known, KindMap kinds)
    {
        var newest = known.Misses(clocks.Default) ? clocks.Default.At : "";
        foreach (var (path, clock) in clocks.Columns)
        {
            if (known.Misses(clock) && kinds[path] is null && string.CompareOrdinal(clock.At, newest) > 0)
            {
                newest = clock.At;
            }
        }

        return newest;
    }

    /// <summary>The hybrid time of the newest edit of the record; fields of <paramref name="kinds"/> left aside.</summary>
    public static string Newest(FieldClocks clocks, KindMap kinds) => NewestUnseen(clocks, new Knowledge("", -1), kinds);

    private static bool Unseen(FieldClocks clocks, MergeScope scope) =>
        scope.Known.Misses(clocks.Default)
        || clocks.Columns.Any(pair => (scope.Kinds[pair.Key] is null ? scope.Known : scope.KnownSums).Misses(pair.Value))
        || clocks.Elements.Values.Any(tags => tags.Values.Any(tag => scope.KnownSums.Misses(tag)));

    private static MergeResult Whole(RecordState current, RecordValue value, MergeScope scope)
    {
        var at = scope.Lifted(Newest(current.Clocks, scope.Kinds)).ToString();
        return new MergeResult
        {
            Value = value,
            Clocks = Carried(current, value, new FieldClocks { Default = new FieldClock(scope.CommitTs, at, FieldClock.ThisCommit) }, scope),
            At = at,
            Took = true,
        };
    }

    // A put that brings a counter or a set back as it was has not assigned it: who counted on it before the put still counts against those who did not know.
    private static FieldClocks Carried(RecordState current, RecordValue value, FieldClocks clocks, MergeScope scope)
    {
        if (scope.Kinds.Paths.Count == 0 || current.Value is not { IsObject: true } || !value.IsObject)
        {
            return clocks;
        }

        var (before, after) = (new ValuePatch(current.Value, scope.Limits), new ValuePatch(value, scope.Limits));
        var (from, editor) = (new ClockEditor(current.Clocks), new ClockEditor(clocks));
        foreach (var path in scope.Kinds.Paths.Where(from.HasOwn))
        {
            var pointer = FieldPath.ToPointer(path);
            if (before.TryGet(pointer, out var was) && after.TryGet(pointer, out var now) && was.Span.SequenceEqual(now.Span))
            {
                editor.Carry(from, path);
            }
        }

        return editor.Build();
    }

    private MergeResult Merge()
    {
        var floor = "";
        foreach (var name in Names())
        {
            if (Field(name, Qualifiers.Encode(name), ref floor) is { } refusal)
            {
                return new MergeResult { Refusal = refusal };
            }
        }

        var at = _scope.Lifted(floor).ToString();
        var result = _merge.Finish(took: true, _lost, refreshed: false, new FieldClock(_scope.CommitTs, at, FieldClock.ThisCommit));
        return Equals(result.Value, _current.Value)
            ? new MergeResult { Value = _current.Value, Clocks = _current.Clocks, Lost = true }
            : result with { At = at, Clocks = result.Value is { } value ? Carried(_current, value, result.Clocks, _scope) : result.Clocks };
    }

    // Fields that are there, then those that come, then those that were taken away and have a clock all the same.
    private IEnumerable<string> Names() => _current.Value!.Fields.Select(field => field.Name)
        .Concat(_value.Fields.Where(field => !_current.Value.TryGetField(field.Name, out _)).Select(field => field.Name))
        .Concat(_current.Clocks.Columns.Keys.Select(Name).OfType<string>().Where(name => !_current.Value.TryGetField(name, out _) && !_value.TryGetField(name, out _)));

    private Refusal? Field(string name, string path, ref string floor)
    {
        var isThere = _current.Value!.TryGetField(name, out var there);
        var isPut = _value.TryGetField(name, out var put);
        var own = _merge.Before.Explicit(path);
        var clock = own ?? _current.Clocks.Default;
        var competes = isThere || own is not null;
        var kind = _scope.Kinds[path];
        if (kind == FieldKind.Set && isThere)
        {
            return SetMerge.KeepUnseen(_merge, _scope, path, JsonPointers.Append("", name));
        }

        var stays = kind == FieldKind.Counter && isThere && own is { } counted && _scope.KnownSums.Misses(counted)
            || competes && _scope.Mode == MergeMode.ByClock && (isPut ? _merge.Loses(clock) : _scope.Known.Misses(clock));
        if (stays)
        {
            _lost |= isPut && !(isThere && there.Span.SequenceEqual(put.Span));
            return Keep(path, JsonPointers.Append("", name), clock, isThere ? there : default(ReadOnlyMemory<byte>?));
        }

        if (competes && kind is null && string.CompareOrdinal(clock.At, floor) > 0)
        {
            floor = clock.At;
        }

        var survivors = _merge.Survivors(path, implied: !isPut);
        if (survivors.Exists(survivor => survivor.Json is not null) && !(isPut && CanonicalParts.TryGetFields(put, out _))
            && _merge.Target.Set(JsonPointers.Append("", name), "{}"u8.ToArray()) is { } refusal)
        {
            return refusal;
        }

        return _merge.Restore(survivors);
    }

    // The field as it is, with all that its clocks say.
    private Refusal? Keep(string path, string pointer, FieldClock clock, ReadOnlyMemory<byte>? json)
    {
        _merge.After.Touch(path, clock);
        foreach (var (below, itsClock) in _merge.Before.Below(path))
        {
            _merge.After.Touch(below, itsClock);
        }

        _merge.After.CopyTags(_merge.Before, path);
        return json is { } there ? _merge.Target.Set(pointer, there) : _merge.Target.Unset(pointer);
    }

    private static string? Name(string path) => path.Contains('/', StringComparison.Ordinal) || !Qualifiers.TryDecode(path, out var name) ? null : name;
}
