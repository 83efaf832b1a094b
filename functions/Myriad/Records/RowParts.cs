using System.Globalization;
using System.Text;
using MyriadSync.Contracts.Stores;

namespace MyriadSync.Myriad.Records;

/// <summary>A row's cells, told apart: the record's content, and what sync noted about it.</summary>
internal sealed class RowParts
{
    private readonly Dictionary<string, Cell> _meta = new(StringComparer.Ordinal);
    private readonly List<KeyValuePair<string, ReadOnlyMemory<byte>>> _data = [];

    /// <summary>Content by column, in byte order of the columns.</summary>
    public IReadOnlyList<KeyValuePair<string, ReadOnlyMemory<byte>>> Data => _data;

    /// <summary>Newest timestamp (ms) of the content; 0: there is none.</summary>
    public long NewestData { get; private set; }

    /// <summary>Newest timestamp (ms) of any cell that concerns sync; 0: there is none.</summary>
    public long NewestCell { get; private set; }

    /// <summary>Takes a row apart.</summary>
    public static RowParts Of(Row row, IRowCodec codec)
    {
        var parts = new RowParts();
        foreach (var cell in row.Cells)
        {
            if (cell.Column.StartsWith(StoreColumns.MetaFamily + ":", StringComparison.Ordinal))
            {
                parts._meta[cell.Column] = cell;
            }
            else if (codec.Owns(cell.Column))
            {
                parts._data.Add(new(cell.Column, cell.Value));
                parts.NewestData = Math.Max(parts.NewestData, cell.Timestamp);
            }
            else
            {
                continue;
            }

            parts.NewestCell = Math.Max(parts.NewestCell, cell.Timestamp);
        }

        parts._data.Sort((left, right) => string.CompareOrdinal(left.Key, right.Key));
        return parts;
    }

    /// <summary>A cell of family <c>m</c>; null: not there.</summary>
    public Cell? Meta(string column) => _meta.GetValueOrDefault(column);

    /// <summary>The same as text; empty: not there.</summary>
    public string Text(string column) => _meta.TryGetValue(column, out var cell) ? Encoding.UTF8.GetString(cell.Value.Span) : "";

    /// <summary>The same as a decimal; 0: not there, or no number.</summary>
    public long Number(string column) => long.TryParse(Text(column), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
