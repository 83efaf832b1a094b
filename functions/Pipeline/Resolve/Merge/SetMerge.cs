using MyriadSync.Contracts;
using MyriadSync.Contracts.Values;

namespace MyriadSync.Pipeline.Resolve.Merge;

/// <summary>
/// Fields of kind set. Each element has the tag of its newest <c>add</c>; whoever takes an element away takes the adds that he knew, so one that somebody else
/// made meanwhile stays. Elements keep the order in which they were added to the log.
/// </summary>
internal static class SetMerge
{
    /// <summary>The elements of a set that others added and the change does not know.</summary>
    public static List<ReadOnlyMemory<byte>> Unseen(RecordMerge merge, Knowledge known, string path, ReadOnlyMemory<byte> json) =>
        CanonicalParts.TryGetElements(json, out _, out var elements)
            ? elements.FindAll(element => known.Misses(merge.Before.Tag(path, ElementKeys.Of(element))))
            : [];

    /// <summary>After the field, or something around it, was assigned: what others added meanwhile joins what is there now.</summary>
    public static Refusal? KeepUnseen(RecordMerge merge, MergeScope scope, string path, string pointer)
    {
        if (!merge.Original.TryGet(pointer, out var before) || Unseen(merge, scope.KnownSums, path, before) is not { Count: > 0 } unseen)
        {
            return null;
        }

        var assigned = merge.Target.TryGet(pointer, out var now);
        if (assigned && !CanonicalParts.TryGetElements(now, out _, out _))
        {
            // No set any more: whoever assigned that decides.
            return null;
        }

        CanonicalParts.TryGetElements(before, out var isSet, out _);
        if (!assigned && merge.Target.Set(pointer, isSet ? "{\"$set\":[]}"u8.ToArray() : "[]"u8.ToArray()) is { } refusal)
        {
            return refusal;
        }

        var present = ListElements(merge.Target, pointer);
        var tags = new SortedDictionary<string, ElementTag>(StringComparer.Ordinal);
        foreach (var element in unseen)
        {
            var key = ElementKeys.Of(element);
            var tag = merge.Before.Tag(path, key);
            tags[key] = present.Contains(element) ? scope.KnownSums.Joined(tag, scope.ClientId) : scope.KnownSums.Left(tag)!;
        }

        merge.After.SetTags(path, tags);
        return merge.Target.Add(pointer, unseen);
    }

    /// <summary>Carries out <c>add</c>.</summary>
    public static Refusal? Add(RecordMerge merge, MergeScope scope, string path, string pointer, IReadOnlyList<ReadOnlyMemory<byte>> added)
    {
        var present = ListElements(merge.Target, pointer);
        if (merge.Target.Add(pointer, added) is { } refusal)
        {
            return refusal;
        }

        var tags = Tags(merge, path, present.Count > 0);
        foreach (var element in added)
        {
            var key = ElementKeys.Of(element);
            tags[key] = present.Contains(element) ? scope.KnownSums.Joined(merge.Before.Tag(path, key), scope.ClientId) : ElementTag.New(scope.ClientId);
        }

        Touch(merge, path, pointer, tags);
        return null;
    }

    /// <summary>Carries out <c>remove</c>.</summary>
    public static Refusal? Remove(RecordMerge merge, MergeScope scope, string path, string pointer, IReadOnlyList<ReadOnlyMemory<byte>> removed)
    {
        var present = ListElements(merge.Target, pointer);
        var meant = removed.Where(present.Contains).ToList();
        if (meant.Count == 0)
        {
            // What is no set is refused all the same.
            return merge.Target.Remove(pointer, []);
        }

        var tags = Tags(merge, path, rest: true);
        var going = new List<ReadOnlyMemory<byte>>();
        foreach (var element in meant)
        {
            var key = ElementKeys.Of(element);
            if (scope.KnownSums.Left(merge.Before.Tag(path, key)) is { } left)
            {
                tags[key] = left;
            }
            else
            {
                tags.Remove(key);
                going.Add(element);
            }
        }

        if (merge.Target.Remove(pointer, going) is { } refusal)
        {
            return refusal;
        }

        Touch(merge, path, pointer, tags);
        return null;
    }

    // The field's own clock moves with every add and remove: what rested on it needs a tag before.
    private static SortedDictionary<string, ElementTag> Tags(RecordMerge merge, string path, bool rest)
    {
        var tags = new SortedDictionary<string, ElementTag>(merge.After.Tags(path).ToDictionary(), StringComparer.Ordinal);
        if (rest)
        {
            tags.TryAdd(ElementKeys.Rest, ElementTag.Of(merge.Before.Of(path)));
        }

        return tags;
    }

    private static void Touch(RecordMerge merge, string path, string pointer, SortedDictionary<string, ElementTag> tags)
    {
        // Tags go with their elements, and what stands for the rest when there is none.
        if (ListElements(merge.Target, pointer).Count <= tags.Count - (tags.ContainsKey(ElementKeys.Rest) ? 1 : 0))
        {
            tags.Remove(ElementKeys.Rest);
        }

        merge.After.Touch(path, merge.Joined(path));
        merge.After.SetTags(path, tags);
    }

    private static HashSet<ReadOnlyMemory<byte>> ListElements(ValuePatch value, string pointer) =>
        value.TryGet(pointer, out var json) && CanonicalParts.TryGetElements(json, out _, out var elements) ? new(elements, CanonicalBytes.Comparer) : [];
}
