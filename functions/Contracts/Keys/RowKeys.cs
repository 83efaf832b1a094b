using System.Diagnostics.CodeAnalysis;

namespace MyriadSync.Contracts.Keys;

/// <summary>
/// Row keys of the cluster: <c>{dataset}~{store}~{encoded key}</c>. Injective, because no name holds <c>~</c> and the key comes last; a scan of a store
/// therefore runs in IndexedDB key order.
/// </summary>
public static class RowKeys
{
    private const char Separator = '~';

    // The byte after the separator: no row key of the range reaches it.
    private const char PastSeparator = '\x7F';

    /// <summary>The row key of a record. The names must have passed <see cref="NameRules"/>.</summary>
    public static string Compose(string dataset, string store, RecordKey key) => string.Concat(Prefix(dataset, store), key.Encoded);

    /// <summary>Takes a row key apart. False for a row that <see cref="Compose"/> cannot have made: a job may have written it.</summary>
    public static bool TryParse(
        ReadOnlySpan<char> rowKey, [NotNullWhen(true)] out string? dataset, [NotNullWhen(true)] out string? store, out RecordKey key)
    {
        (dataset, store, key) = (null, null, default);
        var first = rowKey.IndexOf(Separator);
        if (first < 0) return false;

        var second = rowKey[(first + 1)..].IndexOf(Separator);
        if (second < 0) return false;

        var datasetName = rowKey[..first];
        var storeName = rowKey.Slice(first + 1, second);
        if (!NameRules.IsDataset(datasetName) || !NameRules.IsStore(storeName)) return false;
        if (!RecordKey.TryDecode(rowKey[(first + second + 2)..], out key)) return false;

        (dataset, store) = (datasetName.ToString(), storeName.ToString());
        return true;
    }

    /// <summary>All rows of a store.</summary>
    public static RowRange StoreRange(string dataset, string store) => new(Prefix(dataset, store), $"{dataset}{Separator}{store}{PastSeparator}");

    /// <summary>All rows of a dataset.</summary>
    public static RowRange DatasetRange(string dataset) => new($"{dataset}{Separator}", $"{dataset}{PastSeparator}");

    private static string Prefix(string dataset, string store) => $"{dataset}{Separator}{store}{Separator}";
}
