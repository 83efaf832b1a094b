using MyriadSync.Contracts;
using MyriadSync.Contracts.Values;

namespace MyriadSync.Pipeline.Resolve;

/// <summary>Which columns differ between two values of a record.</summary>
internal static class ColumnDiff
{
    /// <summary>Qualifiers that the new value writes, and those that it deletes. A deleted record deletes its whole row, so it names none.</summary>
    public static (List<string> Changed, List<string> Removed) Between(RecordValue? before, RecordValue? after)
    {
        var old = before is null ? [] : ValueColumns.Of(before).ToDictionary(column => column.Qualifier, column => column.Json);
        var changed = new List<string>();
        if (after is null)
        {
            return (changed, []);
        }

        foreach (var (qualifier, json) in ValueColumns.Of(after))
        {
            if (!old.Remove(qualifier, out var was) || !was.Span.SequenceEqual(json.Span))
            {
                changed.Add(qualifier);
            }
        }

        return (changed, [.. old.Keys.Order(StringComparer.Ordinal)]);
    }

    /// <summary>Qualifiers that differ in any way.</summary>
    public static IEnumerable<string> Touched(RecordValue? before, RecordValue? after)
    {
        var (changed, removed) = Between(before, after);
        return changed.Concat(removed);
    }
}
