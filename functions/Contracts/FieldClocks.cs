namespace MyriadSync.Contracts;

/// <summary>
/// The clocks of a record's columns. A column that is not listed has the default clock, columns that do not exist included: a put claims every
/// field, also by leaving one out. So a record written by one put is one pair, and only patched columns add to it.
/// </summary>
public sealed record FieldClocks
{
    /// <summary>The clock of every column that is not in <see cref="Columns"/>.</summary>
    public required FieldClock Default { get; init; }

    /// <summary>Column qualifier to clock, where it differs from <see cref="Default"/>. Ordinal order.</summary>
    public IReadOnlyDictionary<string, FieldClock> Columns { get; init; } = EmptyColumns;

    private static readonly SortedDictionary<string, FieldClock> EmptyColumns = [];

    /// <summary>Clocks of nothing: older than any edit.</summary>
    public static FieldClocks None { get; } = new() { Default = new FieldClock(0, "") };

    /// <summary>The clock of one column.</summary>
    public FieldClock this[string qualifier] => Columns.TryGetValue(qualifier, out var clock) ? clock : Default;

    /// <summary>These clocks with some columns moved to <paramref name="clock"/>.</summary>
    public FieldClocks With(IEnumerable<string> qualifiers, FieldClock clock)
    {
        var columns = new SortedDictionary<string, FieldClock>(Columns.ToDictionary(), StringComparer.Ordinal);
        foreach (var qualifier in qualifiers)
        {
            columns[qualifier] = clock;
        }

        return this with { Columns = columns };
    }
}
