using MyriadSync.Contracts.Tables;

namespace MyriadSync.Myriad.Existing;

/// <summary>Columns of family <c>m</c> under the name that they have in an existing table, both ways.</summary>
internal static class SyncColumns
{
    /// <summary>Whether a column, or a family, is the sync's.</summary>
    public static bool IsSync(string column) =>
        column == StoreColumns.MetaFamily || column.StartsWith(StoreColumns.MetaFamily + ":", StringComparison.Ordinal);

    /// <summary>The name there of what is the sync's.</summary>
    public static string There(ExistingTable table, string column) =>
        table.SyncFamily is { } family ? string.Concat(family, column.AsSpan(StoreColumns.MetaFamily.Length)) : column;

    /// <summary>The row's cells as the app reads them. A family of others that happens to be called as ours is ever so much theirs: it stays out.</summary>
    public static IEnumerable<Cell> Here(ExistingTable table, IEnumerable<Cell> cells)
    {
        foreach (var cell in cells)
        {
            if (table.SyncFamily is { } family && cell.Column.StartsWith(family + ":", StringComparison.Ordinal))
            {
                yield return cell with { Column = string.Concat(StoreColumns.MetaFamily, cell.Column.AsSpan(family.Length)) };
            }
            else if (!IsSync(cell.Column))
            {
                yield return cell;
            }
        }
    }
}
