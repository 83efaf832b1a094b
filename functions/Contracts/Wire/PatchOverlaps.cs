using System.Text;
using MyriadSync.Contracts.Values;

namespace MyriadSync.Contracts.Wire;

/// <summary>
/// No verb of a patch may reach into another's place, or the order in which they are carried out would matter. The one exception: <c>add</c> and
/// <c>remove</c> may address the same set, with different elements.
/// </summary>
internal static class PatchOverlaps
{
    /// <summary>The first overlap, or null. n log n, whatever a hostile patch looks like.</summary>
    public static Refusal? Find(
        IEnumerable<string> set,
        IEnumerable<string> unset,
        IEnumerable<string> inc,
        IReadOnlyDictionary<string, IReadOnlyList<ReadOnlyMemory<byte>>> add,
        IReadOnlyDictionary<string, IReadOnlyList<ReadOnlyMemory<byte>>> remove)
    {
        foreach (var (pointer, elements) in remove)
        {
            if (add.TryGetValue(pointer, out var added) && Meet(added, elements))
                return new Refusal(WireReasons.AddedAndRemoved, "/remove", "The same element is added and removed.");
        }

        string[] pointers = [.. set, .. unset, .. inc, .. add.Keys, .. remove.Keys.Where(pointer => !add.ContainsKey(pointer))];
        Array.Sort(pointers, CompareBySegments);
        for (var i = 1; i < pointers.Length; i++)
        {
            if (JsonPointers.IsAtOrIn(pointers[i], pointers[i - 1]))
                return new Refusal(WireReasons.PointersOverlap, "", "Two pointers of the patch address the same place, or one a place within the other's.");
        }

        return null;
    }

    /// <summary>Orders so that what lies within a place directly follows it: the slash below every other character.</summary>
    private static int CompareBySegments(string left, string right)
    {
        var same = left.AsSpan().CommonPrefixLength(right);
        if (same == left.Length || same == right.Length)
            return left.Length - right.Length;
        return Rank(left[same]) - Rank(right[same]);
    }

    private static int Rank(char unit) => unit == '/' ? -1 : unit;

    private static bool Meet(IReadOnlyList<ReadOnlyMemory<byte>> left, IReadOnlyList<ReadOnlyMemory<byte>> right)
    {
        // Canonical JSON is ASCII or UTF-8 either way: equal bytes, equal text.
        var texts = left.Select(Text).ToHashSet(StringComparer.Ordinal);
        return right.Any(element => texts.Contains(Text(element)));
    }

    private static string Text(ReadOnlyMemory<byte> json) => Encoding.UTF8.GetString(json.Span);
}
