namespace MyriadSync.Myriad.HBase;

/// <summary>Cuts long lists into what one request may carry.</summary>
internal static class Splits
{
    /// <summary>Row keys for multigets, by count and by the length of the URL.</summary>
    /// <param name="keys">Distinct keys.</param>
    /// <param name="room">Characters that all rows of one request may take.</param>
    /// <param name="inBase64">The keys go in base64.</param>
    public static IEnumerable<ArraySegment<string>> ForMultiget(string[] keys, int room, bool inBase64 = false) =>
        Cut(keys, HBaseLimits.MaxRowsPerMultiget, room, inBase64 ? GatewayPaths.MultigetRowInBase64 : GatewayPaths.MultigetRow);

    /// <summary>Rows for bulk puts, by count and by bytes.</summary>
    public static IEnumerable<ArraySegment<RowPut>> ForPut(RowPut[] rows) =>
        Cut(rows, HBaseLimits.MaxRowsPerPut, HBaseLimits.MaxPutBytes, RowsJsonWriter.Measure);

    /// <summary>Columns for deletes of one row, by the length of the URL.</summary>
    public static IEnumerable<ArraySegment<string>> ForDelete(string[] columns, int room, bool inBase64 = false) =>
        Cut(columns, int.MaxValue, room, column => (inBase64 ? (column.Length * 4 / 3) + 3 : GatewayPaths.Column(column).Length) + 1);

    private static IEnumerable<ArraySegment<T>> Cut<T>(T[] items, int maxCount, int room, Func<T, int> measure)
    {
        var start = 0;
        var size = 0L;
        for (var i = 0; i < items.Length; i++)
        {
            var next = measure(items[i]);
            if (i > start && (i - start == maxCount || size + next > room))
            {
                yield return new(items, start, i - start);
                start = i;
                size = 0;
            }

            size += next;
        }

        if (start < items.Length)
            yield return new(items, start, items.Length - start);
    }
}
