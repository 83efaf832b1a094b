using MyriadSync.Contracts;
using MyriadSync.Contracts.Keys;
using MyriadSync.Contracts.Tables;

namespace MyriadSync.Reading;

/// <summary>The rows that a snapshot reads: those of hidden stores lie between the ranges, and are never read.</summary>
internal static class SnapshotRanges
{
    /// <summary>Ranges in row-key order, none of them overlapping; empty: nothing may be seen.</summary>
    /// <param name="dataset">The dataset.</param>
    /// <param name="scope">What may be seen.</param>
    /// <param name="places">Stores with tables of their own, which are read where they would lie between the others.</param>
    public static IReadOnlyList<RowRange> Of(string dataset, ReadScope scope, RecordPlaces places)
    {
        if (scope.Nothing)
        {
            return [];
        }

        if (scope.Only is { } only)
        {
            return Sorted(dataset, only.Where(store => scope.Shows(store) && places.TableOf(store)?.Serves(dataset) != false));
        }

        var shared = Between(RowKeys.DatasetRange(dataset), Sorted(dataset, scope.Hidden.Concat(places.Tables.Keys)));
        return [.. shared.Concat(Sorted(dataset, places.StoresOf(dataset).Where(scope.Shows))).OrderBy(range => range.Start, StringComparer.Ordinal)];
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
