using MyriadSync.Contracts;
using MyriadSync.Contracts.Stores;
using MyriadSync.Contracts.Values;

namespace MyriadSync.Pipeline.Resolve.Merge;

/// <summary>Merges a patch into a record, verb by verb.</summary>
internal sealed class PatchMerge
{
    private readonly RecordState _current;
    private readonly MergeScope _scope;
    private readonly RecordMerge _merge;
    private bool _took;
    private bool _lost;
    private bool _refreshed;

    private PatchMerge(RecordState current, MergeScope scope)
    {
        _current = current;
        _scope = scope;
        _merge = new RecordMerge(current, current.Value ?? RecordValue.Empty, new ClockEditor(current.Clocks), scope);
    }

    /// <summary>Merges.</summary>
    public static MergeResult Run(RecordState current, PatchBody patch, MergeScope scope)
    {
        var run = new PatchMerge(current, scope);
        return run.Apply(patch) is { } refusal ? new MergeResult { Refusal = refusal } : run._merge.Finish(run._took, run._lost, run._refreshed);
    }

    private Refusal? Apply(PatchBody patch)
    {
        foreach (var (pointer, json) in patch.Set)
        {
            if (Assign(pointer, json) is { } refusal)
            {
                return refusal;
            }
        }

        foreach (var pointer in patch.Unset)
        {
            if (Assign(pointer, null) is { } refusal)
            {
                return refusal;
            }
        }

        foreach (var (pointer, delta) in patch.Inc)
        {
            if (Increment(pointer, delta) is { } refusal)
            {
                return refusal;
            }
        }

        foreach (var (pointer, elements) in patch.Add)
        {
            if (Elements(pointer, elements, add: true) is { } refusal)
            {
                return refusal;
            }
        }

        foreach (var (pointer, elements) in patch.Remove)
        {
            if (Elements(pointer, elements, add: false) is { } refusal)
            {
                return refusal;
            }
        }

        return null;
    }

    private Refusal? Assign(string pointer, ReadOnlyMemory<byte>? json)
    {
        var path = FieldPath.Of(pointer);
        var isSet = _scope.Kinds[path] == FieldKind.Set;
        if (!MayWrite(path, addsUp: isSet && _scope.Mode != MergeMode.AddingUp, takesAway: json is null))
        {
            return null;
        }

        var survivors = _merge.Survivors(path);
        var mustHold = survivors.Exists(survivor => survivor.Json is not null) && (json is not { } value || !CanonicalParts.TryGetFields(value, out _));
        ReadOnlyMemory<byte>? whole = mustHold ? "{}"u8.ToArray() : json;
        if ((whole is { } set ? _merge.Target.Set(pointer, set) : _merge.Target.Unset(pointer)) is { } refusal)
        {
            return refusal;
        }

        _merge.After.Assign(path, _merge.Assigned(path));
        return isSet ? SetMerge.KeepUnseen(_merge, _scope, path, pointer) : _merge.Restore(survivors);
    }

    private Refusal? Increment(string pointer, ReadOnlyMemory<byte> delta)
    {
        var path = FieldPath.Of(pointer);
        var counts = _scope.Kinds[path] == FieldKind.Counter;
        if (!MayWrite(path, counts))
        {
            return null;
        }

        _merge.After.Touch(path, counts ? _merge.Joined(path) : _merge.Assigned(path));
        return _merge.Target.Increment(pointer, delta);
    }

    private Refusal? Elements(string pointer, IReadOnlyList<ReadOnlyMemory<byte>> elements, bool add)
    {
        var path = FieldPath.Of(pointer);
        var isSet = _scope.Kinds[path] == FieldKind.Set;
        if (!MayWrite(path, isSet, takesAway: !add))
        {
            return null;
        }

        if (isSet)
        {
            _refreshed = true;
            return add ? SetMerge.Add(_merge, _scope, path, pointer, elements) : SetMerge.Remove(_merge, _scope, path, pointer, elements);
        }

        _merge.After.Touch(path, _merge.Assigned(path));
        return add ? _merge.Target.Add(pointer, elements) : _merge.Target.Remove(pointer, elements);
    }

    private bool MayWrite(string path, bool addsUp, bool takesAway = false)
    {
        var may = addsUp || (_scope.Mode != MergeMode.AddingUp && !Loses(path));
        if (may)
        {
            _took = true;
            if (!takesAway)
            {
                MakeWay(path);
            }
        }

        _lost |= !may;
        return may;
    }

    // A field that nothing names has no clock to lose against: that a put left it out was no edit of it.
    private bool Loses(string path)
    {
        if (_scope.Mode != MergeMode.ByClock)
        {
            return false;
        }

        var clock = _merge.Before.Explicit(path);
        return clock is { } own ? _merge.Loses(own) : _merge.Loses(_current.Clocks.Default) && _merge.Original.TryGet(FieldPath.ToPointer(Top(path)), out _);
    }

    // Somebody made something else of an object on the way: the later edit needs it to be one again, and so does one that a person lets win.
    private void MakeWay(string path)
    {
        for (var slash = path.IndexOf('/', StringComparison.Ordinal); slash >= 0; slash = path.IndexOf('/', slash + 1))
        {
            var above = path[..slash];
            var pointer = FieldPath.ToPointer(above);
            if (_merge.Target.TryGet(pointer, out var json) && !CanonicalParts.TryGetFields(json, out _) && _scope.KnownSums.Misses(_merge.Before.Of(above)))
            {
                _merge.Target.Set(pointer, "{}"u8.ToArray());
            }
        }
    }

    private static string Top(string path) => path.IndexOf('/', StringComparison.Ordinal) is var slash && slash < 0 ? path : path[..slash];
}
