namespace MyriadSync.Contracts;

/// <summary>
/// The clocks of a record's fields. Keys are paths: the qualifier of a top-level field, and below it, where a patch reached into an object, one more encoded
/// name per level (<c>address/zip</c>). A place that is not listed has the clock of the nearest one above it, in the end the default: a put writes one clock
/// for the whole record, and only what is patched afterwards adds to it.
/// </summary>
public sealed record FieldClocks
{
    /// <summary>The clock of everything that nothing in <see cref="Columns"/> covers.</summary>
    public required FieldClock Default { get; init; }

    /// <summary>Path to clock. Ordinal order.</summary>
    public IReadOnlyDictionary<string, FieldClock> Columns { get; init; } = EmptyColumns;

    /// <summary>
    /// Path of a field of kind set to the tags of its elements, by <see cref="ElementKeys"/>. The key <see cref="ElementKeys.Rest"/> stands for elements without
    /// one; where it is missing, they have the tag of the field's clock. Ordinal order.
    /// </summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, ElementTag>> Elements { get; init; } = EmptyElements;

    private static readonly SortedDictionary<string, FieldClock> EmptyColumns = [];
    private static readonly SortedDictionary<string, IReadOnlyDictionary<string, ElementTag>> EmptyElements = [];

    /// <summary>Clocks of nothing: older than any edit.</summary>
    public static FieldClocks None { get; } = new() { Default = new FieldClock(0, "") };

    /// <summary>The clock of one column's own entry, or the default.</summary>
    public FieldClock this[string qualifier] => Columns.TryGetValue(qualifier, out var clock) ? clock : Default;

    /// <summary>The newest HBase timestamp (ms) at which sync wrote anything of a column.</summary>
    public long WrittenAt(string qualifier)
    {
        var newest = this[qualifier].Timestamp;
        foreach (var (path, clock) in Columns)
        {
            if (clock.Timestamp > newest && FieldPath.IsBelow(path, qualifier))
            {
                newest = clock.Timestamp;
            }
        }

        return newest;
    }

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

    /// <summary>These clocks, what this commit wrote numbered with its revision, or what is of unknown revision with the record's.</summary>
    /// <param name="from">0 or <see cref="FieldClock.ThisCommit"/>.</param>
    /// <param name="to">The revision to put in its place.</param>
    public FieldClocks Renumbered(long from, long to)
    {
        var @default = Default.Rev == from ? Default with { Rev = to } : Default;
        var columns = Columns.Values.Any(clock => clock.Rev == from)
            ? new SortedDictionary<string, FieldClock>(Columns.ToDictionary(pair => pair.Key, pair => pair.Value.Rev == from ? pair.Value with { Rev = to } : pair.Value), StringComparer.Ordinal)
            : Columns;
        var elements = Elements.Values.Any(tags => tags.Values.Any(tag => tag.Adds.Any(add => add.Rev == from)))
            ? new SortedDictionary<string, IReadOnlyDictionary<string, ElementTag>>(Elements.ToDictionary(pair => pair.Key, IReadOnlyDictionary<string, ElementTag> (pair) => Renumbered(pair.Value, from, to)), StringComparer.Ordinal)
            : Elements;
        return @default == Default && ReferenceEquals(columns, Columns) && ReferenceEquals(elements, Elements)
            ? this
            : new FieldClocks { Default = @default, Columns = columns, Elements = elements };
    }

    private static SortedDictionary<string, ElementTag> Renumbered(IReadOnlyDictionary<string, ElementTag> tags, long from, long to) =>
        new(
        tags.ToDictionary(pair => pair.Key, pair => new ElementTag([.. pair.Value.Adds.Select(add => add.Rev == from ? (to, add.Author) : add)])), StringComparer.Ordinal);
}
