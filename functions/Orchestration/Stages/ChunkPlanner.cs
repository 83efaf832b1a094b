using MyriadSync.Contracts;

namespace MyriadSync.Orchestration.Stages;

/// <summary>How many changes fit one commit.</summary>
internal static class ChunkPlanner
{
    /// <summary>Bytes of post-images in one commit (DESIGN 4): what compresses worst still fits one transaction.</summary>
    public const int MaxPostImageBytes = 3 * 1024 * 1024;

    /// <summary>The longest run of changes, from the first on, whose records stay within the limit; at least one.</summary>
    public static int Count(IReadOnlyList<Change> changes, IReadOnlyDictionary<RecordId, RecordState> states, int maxValueBytes)
    {
        var sizes = new Dictionary<RecordId, long>();
        long total = 0;
        for (var i = 0; i < changes.Count; i++)
        {
            if (changes[i].Refusal is not null)
            {
                continue;
            }

            var record = new RecordId(changes[i].Store, changes[i].Key);
            var before = sizes.TryGetValue(record, out var known) ? known : states[record].Value?.Size ?? 0;
            var after = changes[i].Op switch
            {
                ChangeOp.Put => changes[i].Value!.Size,
                ChangeOp.Delete => 0,
                _ => Math.Min(before + PatchBytes(changes[i].Patch!), maxValueBytes),
            };
            total += Math.Max(before, after) - (sizes.ContainsKey(record) ? before : 0);
            sizes[record] = Math.Max(before, after);
            if (total > MaxPostImageBytes && i > 0)
            {
                return i;
            }
        }

        return changes.Count;
    }

    private static long PatchBytes(PatchBody patch) =>
        patch.Set.Sum(set => set.Key.Length + set.Value.Length + 8L)
        + patch.Inc.Sum(inc => inc.Key.Length + 32L)
        + patch.Add.Sum(add => add.Key.Length + add.Value.Sum(element => element.Length + 1L) + 8L);
}
