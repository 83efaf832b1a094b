using MyriadSync.Contracts;
using MyriadSync.Contracts.Values;
using MyriadSync.Pipeline.Resolve;

namespace MyriadSync.Pipeline.Transform.Migrations;

/// <summary>
/// Leaves alone what an older version does not know: before a policy looks at the change, the record's own state of those places is put into the values that
/// the change sets around them.
/// </summary>
internal static class KeptFields
{
    /// <summary>The change with <see cref="Change.Keep"/> taken from the record as it stands.</summary>
    public static Change Graft(Change change, RecordValue? current)
    {
        if (change.Keep.Count == 0 || current is null)
        {
            return change;
        }

        return change switch
        {
            { Op: ChangeOp.Put, Value: { } value } => change with { Value = Graft(value, current, change.Keep) },
            { Op: ChangeOp.Patch, Patch: { } patch } => change with { Patch = patch with { Set = [.. patch.Set.Select(set => KeyValuePair.Create(set.Key, Graft(set, current, change.Keep)))] } },
            _ => change,
        };
    }

    /// <summary>The resolution with the old clocks of what was not touched: no edit was made there.</summary>
    public static Resolution Restore(Change change, RecordState before, Resolution resolution)
    {
        var after = resolution.Next.Clocks;
        if (change.Keep.Count == 0 || before.Value is null || resolution.Next.Value is null || ReferenceEquals(before.Clocks, after))
        {
            return resolution;
        }

        foreach (var path in change.Keep.Select(FieldPath.Of))
        {
            after = after[path] == before.Clocks[path] ? after : after.With([path], before.Clocks[path]);
        }

        return resolution with { Next = resolution.Next with { Clocks = after } };
    }

    private static RecordValue Graft(RecordValue value, RecordValue current, IReadOnlyList<string> keep)
    {
        var (tree, own) = (new ValueTree(value), new ValueTree(current));
        foreach (var pointer in keep)
        {
            if (!tree.TryParent(pointer, out var parent, out var name) || !own.TryParent(pointer, out var ownParent, out _))
            {
                continue;
            }

            if (ownParent.TryGetValue(name, out var node))
            {
                parent[name] = node;
            }
            else
            {
                parent.Remove(name);
            }
        }

        return tree.ToValue();
    }

    private static ReadOnlyMemory<byte> Graft(KeyValuePair<string, ReadOnlyMemory<byte>> set, RecordValue current, IReadOnlyList<string> keep)
    {
        var below = keep.Where(pointer => Pointers.IsOver(set.Key, pointer)).ToList();
        var around = new ValuePatch(RecordValue.Empty, ValueLimits.None);
        return below.Count > 0 && around.Set(set.Key, set.Value) is null && around.TryBuild(out var whole, out _)
            && new ValueTree(Graft(whole, current, below)).TryParent(set.Key, out var parent, out var name)
            ? parent[name].ToJson()
            : set.Value;
    }
}
