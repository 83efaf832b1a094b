using MyriadSync.Contracts;
using MyriadSync.Contracts.Stores;
using MyriadSync.Contracts.Values;

namespace MyriadSync.Pipeline.Transform.Migrations;

/// <summary>
/// Brings a patch from an older version one step up: pointers follow renames, what was dropped is left out, what is new is not touched. A value that is set
/// over the place of a step goes through the step itself.
/// </summary>
internal static class PatchLift
{
    /// <summary>The patch after the step, or the refusal of a verb that means nothing there; its pointer is that of the verb's target in the older version.</summary>
    public static (PatchBody? Patch, Refusal? Refusal) Up(MigrationStep step, PatchBody patch)
    {
        if (step is ConvertStep convert && Adding(patch).FirstOrDefault(pointer => JsonPointers.IsAtOrIn(pointer, convert.Pointer)) is { } unclear)
        {
            return (null, new Refusal(StoreMigrator.Reason, unclear, "The field is kept in another form since; it can be set, and not be added to."));
        }

        return (new PatchBody
        {
            Set = [.. patch.Set.Where(pair => Stays(step, pair.Key)).Select(pair => KeyValuePair.Create(Moved(step, pair.Key), Value(step, pair.Key, pair.Value)))],
            Unset = [.. patch.Unset.Where(pointer => Stays(step, pointer)).Select(pointer => Moved(step, pointer))],
            Inc = Kept(step, patch.Inc),
            Add = Kept(step, patch.Add),
            Remove = Kept(step, patch.Remove),
        }, null);
    }

    private static List<KeyValuePair<string, T>> Kept<T>(MigrationStep step, IReadOnlyList<KeyValuePair<string, T>> verbs) =>
        [.. verbs.Where(pair => Stays(step, pair.Key)).Select(pair => KeyValuePair.Create(Moved(step, pair.Key), pair.Value))];

    private static IEnumerable<string> Adding(PatchBody patch) =>
        patch.Inc.Select(pair => pair.Key).Concat(patch.Add.Select(pair => pair.Key)).Concat(patch.Remove.Select(pair => pair.Key));

    private static bool Stays(MigrationStep step, string pointer) => step switch
    {
        DropStep drop => !JsonPointers.IsAtOrIn(pointer, drop.Pointer),
        AddStep add => !JsonPointers.IsAtOrIn(pointer, add.Pointer),
        RenameStep rename => !JsonPointers.IsAtOrIn(pointer, rename.To),
        _ => true,
    };

    private static string Moved(MigrationStep step, string pointer) => step is RenameStep rename ? Pointers.Renamed(pointer, rename.From, rename.To) : pointer;

    private static ReadOnlyMemory<byte> Value(MigrationStep step, string pointer, ReadOnlyMemory<byte> json) => step switch
    {
        ConvertStep convert when convert.Pointer == pointer => Conversions.Up(convert, json),
        RenameStep rename when Pointers.IsOver(pointer, rename.From) => Within(step, pointer, json),
        AddStep add when Pointers.IsOver(pointer, add.Pointer) => Within(step, pointer, json),
        DropStep drop when Pointers.IsOver(pointer, drop.Pointer) => Within(step, pointer, json),
        ConvertStep convert when Pointers.IsOver(pointer, convert.Pointer) => Within(step, pointer, json),
        _ => json,
    };

    private static ReadOnlyMemory<byte> Within(MigrationStep step, string pointer, ReadOnlyMemory<byte> json)
    {
        var around = new ValuePatch(RecordValue.Empty, ValueLimits.None);
        return around.Set(pointer, json) is null && around.TryBuild(out var whole, out _)
            && new ValueTree(StepRunner.Up(step, whole)).TryParent(pointer, out var parent, out var name)
            ? parent[name].ToJson()
            : json;
    }
}
