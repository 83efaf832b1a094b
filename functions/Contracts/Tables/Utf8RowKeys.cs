using System.Diagnostics.CodeAnalysis;
using MyriadSync.Contracts.Keys;

namespace MyriadSync.Contracts.Tables;

/// <summary><c>utf8</c>: the key is a string, and the row key is that string in UTF-8.</summary>
internal sealed class Utf8RowKeys : IRowKeyCodec
{
    public bool NamesDataset => false;

    public string Prefix(string dataset) => "";

    public bool TryEncode(string dataset, RecordKey key, [NotNullWhen(true)] out string? rowKey, [NotNullWhen(false)] out Refusal? refusal)
    {
        (rowKey, refusal) = (null, null);
        if (KeyElements.Of(key, out var isArray) is not [var element] || isArray || !KeyElements.TryText(element, out var text) || text.Length == 0)
        {
            refusal = new(RefusalReasons.KeyNotStorable, "", "The store's table has texts as row keys: a string is needed that is not empty and well-formed.");
            return false;
        }

        rowKey = ByteText.OfUtf8(text);
        return true;
    }

    public bool TryDecode(string rowKey, out string? dataset, out RecordKey key)
    {
        (dataset, key) = (null, default);
        return rowKey.Length > 0 && ByteText.TryUtf8(rowKey, out var text) && KeyElements.TryMake([text], asArray: false, out key);
    }
}
