using MyriadSync.Contracts;

namespace MyriadSync.Pipeline.Resolve.Merge;

/// <summary>A record's clocks while a change is merged in. Copies what it changes, and no earlier.</summary>
internal sealed class ClockEditor(FieldClocks clocks)
{
    private static readonly List<KeyValuePair<string, FieldClock>> Nothing = [];

    private SortedDictionary<string, FieldClock>? _columns;
    private SortedDictionary<string, IReadOnlyDictionary<string, ElementTag>>? _elements;

    private IReadOnlyDictionary<string, FieldClock> Columns => _columns ?? clocks.Columns;

    private IReadOnlyDictionary<string, IReadOnlyDictionary<string, ElementTag>> Elements => _elements ?? clocks.Elements;

    /// <summary>The clock that covers a place: its own, or the nearest one above; null: only the record's default does.</summary>
    public FieldClock? Explicit(string path)
    {
        for (var at = path; ;)
        {
            if (Columns.TryGetValue(at, out var clock))
            {
                return clock;
            }

            var slash = at.LastIndexOf('/');
            if (slash < 0)
            {
                return null;
            }

            at = at[..slash];
        }
    }

    /// <summary>The place was written by itself, and not only with what lies around it.</summary>
    public bool HasOwn(string path) => Columns.ContainsKey(path) || Elements.ContainsKey(path);

    /// <summary>The clock that covers a place.</summary>
    public FieldClock Of(string path) => Explicit(path) ?? clocks.Default;

    /// <summary>No place within a field has a clock of its own.</summary>
    public bool IsFlat => !Columns.Keys.Any(path => path.Contains('/', StringComparison.Ordinal));

    /// <summary>Clocks of places within another one.</summary>
    public List<KeyValuePair<string, FieldClock>> Below(string path)
    {
        List<KeyValuePair<string, FieldClock>>? below = null;
        foreach (var pair in Columns)
        {
            if (FieldPath.IsBelow(pair.Key, path))
            {
                (below ??= []).Add(pair);
            }
        }

        return below ?? Nothing;
    }

    /// <summary>The place was assigned as a whole: clocks and tags of what it held go.</summary>
    public void Assign(string path, FieldClock clock)
    {
        Clear(path);
        EditColumns()[path] = clock;
    }

    /// <summary>The place was added to.</summary>
    public void Touch(string path, FieldClock clock) => EditColumns()[path] = clock;

    /// <summary>Forgets a place and what lies in it.</summary>
    public void Clear(string path)
    {
        foreach (var (below, _) in Below(path))
        {
            EditColumns().Remove(below);
        }

        foreach (var tagged in Elements.Count == 0 ? [] : Elements.Keys.Where(tagged => tagged == path || FieldPath.IsBelow(tagged, path)).ToList())
        {
            EditElements().Remove(tagged);
        }

        if (Columns.ContainsKey(path))
        {
            EditColumns().Remove(path);
        }
    }

    /// <summary>The tags of a set's elements, those of a field without any included.</summary>
    public IReadOnlyDictionary<string, ElementTag> Tags(string path) => Elements.GetValueOrDefault(path) ?? NoTags;

    /// <summary>The tag of one element.</summary>
    public ElementTag Tag(string path, string element)
    {
        var tags = Tags(path);
        return tags.TryGetValue(element, out var tag) || tags.TryGetValue(ElementKeys.Rest, out tag) ? tag : ElementTag.Of(Of(path));
    }

    /// <summary>Sets the tags of a set's elements; none: the field's clock is theirs.</summary>
    public void SetTags(string path, SortedDictionary<string, ElementTag> tags)
    {
        if (tags.Count > 0)
        {
            EditElements()[path] = tags;
        }
        else if (Elements.ContainsKey(path))
        {
            EditElements().Remove(path);
        }
    }

    /// <summary>Takes over the tags of a place and of all within it.</summary>
    public void CopyTags(ClockEditor from, string path)
    {
        foreach (var (tagged, tags) in from.Elements.Where(pair => pair.Key == path || FieldPath.IsBelow(pair.Key, path)))
        {
            EditElements()[tagged] = tags;
        }
    }

    /// <summary>Takes over the clock of a place, and the tags of it and of all within it, where it was written by itself there and not here.</summary>
    public void Carry(ClockEditor from, string path)
    {
        if (HasOwn(path) || !from.HasOwn(path))
        {
            return;
        }

        if (from.Columns.TryGetValue(path, out var clock))
        {
            Touch(path, clock);
        }

        CopyTags(from, path);
    }

    /// <summary>The clocks as they are now.</summary>
    public FieldClocks Build() => _columns is null && _elements is null ? clocks : new FieldClocks { Default = clocks.Default, Columns = Columns, Elements = Elements };

    private static readonly SortedDictionary<string, ElementTag> NoTags = [];

    private SortedDictionary<string, FieldClock> EditColumns() => _columns ??= new(Copy(clocks.Columns), StringComparer.Ordinal);

    private SortedDictionary<string, IReadOnlyDictionary<string, ElementTag>> EditElements() => _elements ??= new(Copy(clocks.Elements), StringComparer.Ordinal);

    private static Dictionary<string, T> Copy<T>(IReadOnlyDictionary<string, T> from) => from.Count == 0 ? [] : from.ToDictionary();
}
