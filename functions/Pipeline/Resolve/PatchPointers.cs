using MyriadSync.Contracts;
using MyriadSync.Contracts.Values;

namespace MyriadSync.Pipeline.Resolve;

/// <summary>Finds the verb of a patch that a refusal is about.</summary>
internal static class PatchPointers
{
    /// <summary>Pointer relative to the change, to what in it made the place in the record; the change itself when nothing did.</summary>
    public static string Locate(Change change, string target) => change.Op == ChangeOp.Patch ? Locate(change.Patch!, target) : "/value" + target;

    /// <summary>Pointer relative to the change, to the member that leads to <paramref name="target"/>; the change itself when none does.</summary>
    public static string Locate(PatchBody patch, string target) =>
        Find("set", patch.Set.Select(pair => pair.Key), target)
        ?? Find("inc", patch.Inc.Select(pair => pair.Key), target)
        ?? Find("add", patch.Add.Select(pair => pair.Key), target)
        ?? Find("remove", patch.Remove.Select(pair => pair.Key), target)
        ?? "";

    private static string? Find(string verb, IEnumerable<string> pointers, string target)
    {
        var found = target.Length == 0 ? null : pointers.FirstOrDefault(pointer => pointer == target || pointer.StartsWith(target + "/", StringComparison.Ordinal));
        return found is null ? null : JsonPointers.Append("/" + verb, found);
    }
}
