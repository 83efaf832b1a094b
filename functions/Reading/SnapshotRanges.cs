using MyriadSync.Contracts;
using MyriadSync.Contracts.Keys;

namespace MyriadSync.Reading;

/// <summary>The rows that a snapshot reads: those of hidden stores lie between the ranges, and are never read.</summary>
internal static class SnapshotRanges
{
    /// <summary>Ranges in row-key order, none of them overlapping; empty: nothing may be seen.</summary>
    public static IReadOnlyList<RowRange> Of(string dataset, ReadScope scope)
    {
        if (scope.Nothing)
        {
            return [];
        }

        return scope.Only is { } only
            ? Sorted(dataset, only.Where(scope.Shows))
            : Between(RowKeys.DatasetRange(dataset), Sorted(dataset, scope.Hidden));
    }

    private static List<RowRange> Sorted(string dataset, IEnumerable<string> stores) =>
        [.. stores.Distinct().Select(name => RowKeys.StoreRange(dataset, name)).OrderBy(range => range.Start, StringComparer.Ordinal)];

    private static List<RowRange> Between(RowRange whole, List<RowRange> holes)
    {
        var ranges = new List<RowRange>();
        var start = whole.Start;
        foreach (var hole in holes)
        {
            ranges.Add(new RowRange(start, hole.Start));
            start = hole.End;
        }

        ranges.Add(new RowRange(start, whole.End));
        return ranges;
    }
}
