using System.Text;
using MyriadSync.MyriadEmulator.Store;

namespace MyriadSync.MyriadEmulator.HBase;

/// <summary>Checks of names that requests bring.</summary>
internal static class Names
{
    /// <summary>The first family that the table does not have.</summary>
    public static string? UnknownFamily(TableSchema table, IEnumerable<(string Family, byte[]? Qualifier)> columns) =>
        columns.Select(column => column.Family).FirstOrDefault(family => table.Find(Encoding.UTF8.GetBytes(family)) is null);

    /// <summary>Whether HBase takes the name for a table: <c>[namespace:]qualifier</c> of letters, digits, <c>_</c>, <c>-</c> and <c>.</c>.</summary>
    public static bool IsTable(string name, out int badAt)
    {
        var qualifier = name[(name.IndexOf(':', StringComparison.Ordinal) + 1)..];
        badAt = 0;
        foreach (var character in qualifier)
        {
            if (!char.IsLetterOrDigit(character) && character is not ('_' or '-' or '.'))
                return false;
            badAt++;
        }
        return qualifier.Length > 0 && qualifier[0] is not ('-' or '.');
    }
}
