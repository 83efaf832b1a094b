using MyriadSync.Contracts;
using MyriadSync.Contracts.Stores;
using MyriadSync.Contracts.Values;

namespace MyriadSync.Pipeline.Resolve.Merge;

/// <summary>
/// What puts and patches have in common when they are merged into a record: which places they may write, what stays within them, and the clocks that this
/// leaves. <see cref="Before"/> is the record as it was, <see cref="Target"/> and <see cref="After"/> become what it will be.
/// </summary>
internal sealed class RecordMerge(RecordState current, RecordValue start, ClockEditor after, MergeScope scope)
{
    private static readonly List<Survivor> None = [];

    private ValuePatch? _original;
    private ValuePatch? _target;
    private bool _overruled;

    /// <summary>What becomes of <c>start</c>. Opened when somebody writes into it: most puts go in as they are.</summary>
    public ValuePatch Target => _target ??= new ValuePatch(start, scope.Limits);

    public ClockEditor After => after;

    public ClockEditor Before { get; } = new(current.Clocks);

    public ValuePatch Original => _original ??= new ValuePatch(current.Value ?? RecordValue.Empty, scope.Limits);

    /// <summary>The latest hybrid time written so far.</summary>
    public string? Latest { get; private set; }

    /// <summary>True when the place was written later, by somebody that the change does not know of.</summary>
    public bool Loses(FieldClock clock) => scope.Mode == MergeMode.ByClock && scope.Known.Misses(clock) && string.CompareOrdinal(clock.At, scope.AtText) > 0;

    /// <summary>The clock of a place that the change assigns.</summary>
    public FieldClock Assigned(string path)
    {
        var above = Before.Of(path).At;
        foreach (var (_, clock) in Before.Below(path))
        {
            above = Loses(clock) ? above : Later(above, clock.At);
        }

        return new FieldClock(scope.CommitTs, Note(scope.Lifted(above)), FieldClock.ThisCommit);
    }

    /// <summary>The clock of a place that the change adds to.</summary>
    public FieldClock Joined(string path)
    {
        var clock = Before.Of(path);
        var at = scope.Lifted(clock.At);
        Note(at);
        return clock.Joined(scope.CommitTs, at);
    }

    /// <summary>What stays within a place that is assigned.</summary>
    /// <param name="path">The place.</param>
    /// <param name="implied">The place is left out, not named: then all that the change does not know stays, whatever the clocks say.</param>
    public List<Survivor> Survivors(string path, bool implied = false)
    {
        if (scope.Kinds.IsEmpty && (scope.Mode != MergeMode.ByClock || Before.IsFlat))
        {
            return None;
        }

        var survivors = new List<Survivor>();
        if (scope.Mode == MergeMode.ByClock)
        {
            survivors.AddRange(Before.Below(path)
                .Where(below => scope.Kinds[below.Key] is null && (implied ? scope.Known.Misses(below.Value) : Loses(below.Value)))
                .Select(below => new Survivor(below.Key, Original.TryGet(FieldPath.ToPointer(below.Key), out var json) ? json : default(ReadOnlyMemory<byte>?), below.Value, null)));
        }

        foreach (var (below, kind) in scope.Kinds.Below(path))
        {
            // What came with an assignment around it is part of that: only what was added or set by itself stays.
            if (Before.HasOwn(below) && Original.TryGet(FieldPath.ToPointer(below), out var json)
                && (kind == FieldKind.Counter ? scope.KnownSums.Misses(Before.Of(below)) : SetMerge.Unseen(this, scope.KnownSums, below, json).Count > 0))
            {
                survivors.Add(new Survivor(below, json, Before.Of(below), kind));
            }
        }

        return survivors;
    }

    /// <summary>Puts back what stays. The place around it has been assigned.</summary>
    public Refusal? Restore(IReadOnlyList<Survivor> survivors)
    {
        foreach (var survivor in survivors)
        {
            var pointer = FieldPath.ToPointer(survivor.Path);
            if (survivor.Kind == FieldKind.Set)
            {
                if (SetMerge.KeepUnseen(this, scope, survivor.Path, pointer) is { } full)
                {
                    return full;
                }

                continue;
            }

            // What the change itself has there has lost.
            _overruled |= Target.TryGet(pointer, out var own) && !(survivor.Json is { } kept && kept.Span.SequenceEqual(own.Span));
            if ((survivor.Json is { } json ? Target.Set(pointer, json) : Target.Unset(pointer)) is { } refusal)
            {
                return refusal;
            }

            after.Touch(survivor.Path, survivor.Clock);
        }

        return null;
    }

    /// <summary>The result.</summary>
    public MergeResult Finish(bool took, bool lost, bool refreshed, FieldClock? @default = null)
    {
        var value = start;
        if (_target is not null && !_target.TryBuild(out value, out var refusal))
        {
            return new MergeResult { Refusal = refusal };
        }

        var clocks = after.Build();
        return new MergeResult { Value = value, Clocks = @default is { } clock ? clocks with { Default = clock } : clocks, At = Latest, Took = took, Lost = lost || _overruled, Refreshed = refreshed && !ReferenceEquals(clocks, current.Clocks) };
    }

    private string Note(HybridTime at)
    {
        var text = at.ToString();
        Latest = Later(Latest ?? "", text);
        return text;
    }

    private static string Later(string left, string right) => string.CompareOrdinal(left, right) >= 0 ? left : right;
}
