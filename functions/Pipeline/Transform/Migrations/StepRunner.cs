using MyriadSync.Contracts.Stores;
using MyriadSync.Contracts.Values;

namespace MyriadSync.Pipeline.Transform.Migrations;

/// <summary>Carries out declared steps, up and down. Total: a record that lacks what a step is about passes as it is.</summary>
internal static class StepRunner
{
    /// <summary>One version up.</summary>
    public static RecordValue Up(MigrationStep step, RecordValue value)
    {
        var tree = new ValueTree(value);
        var changed = step switch
        {
            RenameStep rename => Rename(tree, rename.From, rename.To),
            AddStep { Value: { } added } add => PutNew(tree, add.Pointer, added),
            DropStep drop => Remove(tree, drop.Pointer),
            ConvertStep convert => Convert(tree, convert.Pointer, json => Conversions.Up(convert, json)),
            _ => false,
        };
        return changed ? tree.ToValue() : value;
    }

    /// <summary>One version down.</summary>
    public static RecordValue Down(MigrationStep step, RecordValue value)
    {
        var tree = new ValueTree(value);
        var changed = step switch
        {
            RenameStep rename => Rename(tree, rename.To, rename.From),
            AddStep add => Remove(tree, add.Pointer),
            DropStep { Lower: { } shown } drop => PutNew(tree, drop.Pointer, shown),
            ConvertStep convert => Convert(tree, convert.Pointer, json => Conversions.Down(convert, json)),
            _ => false,
        };
        return changed ? tree.ToValue() : value;
    }

    private static bool Rename(ValueTree tree, string from, string to)
    {
        if (!tree.TryParent(from, out var parent, out var name) || !parent.Remove(name, out var node))
        {
            return false;
        }

        tree.TryParent(to, out _, out var other);
        parent[other] = node;
        return true;
    }

    private static bool PutNew(ValueTree tree, string pointer, ReadOnlyMemory<byte> json) => tree.TryParent(pointer, out var parent, out var name) && parent.TryAdd(name, new PatchNode(json));

    private static bool Remove(ValueTree tree, string pointer) => tree.TryParent(pointer, out var parent, out var name) && parent.Remove(name);

    private static bool Convert(ValueTree tree, string pointer, Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> convert)
    {
        if (!tree.TryParent(pointer, out var parent, out var name) || !parent.TryGetValue(name, out var node))
        {
            return false;
        }

        parent[name] = new PatchNode(convert(node.ToJson()));
        return true;
    }
}
