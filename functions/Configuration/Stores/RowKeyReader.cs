using System.Text.RegularExpressions;
using MyriadSync.Contracts.Stores;
using MyriadSync.Contracts.Tables;

namespace MyriadSync.Configuration.Stores;

/// <summary>Reads <c>table.key</c>: the name of a codec, or a template of fields.</summary>
internal static partial class RowKeyReader
{
    private static readonly Dictionary<string, IRowKeyCodec> Codecs = new()
    {
        ["utf8"] = new Utf8RowKeys(),
        ["int64"] = new Int64RowKeys(ordered: false),
        ["int64-ordered"] = new Int64RowKeys(ordered: true),
    };

    public static IRowKeyCodec? Read(JsonPart part, KeyPath? keyPath)
    {
        if (part.Text() is not { } text)
        {
            return null;
        }

        if (text.Contains('{', StringComparison.Ordinal))
        {
            return Template(part, text, keyPath);
        }

        if (!Codecs.TryGetValue(text, out var codec))
        {
            part.Fault($"There is no such form of row keys. Allowed: {string.Join(", ", Codecs.Keys)}, and a template such as {{region}}|{{id:int}}.");
        }
        else if (keyPath is { IsCompound: true })
        {
            part.Fault("The key path is compound, and such a row key holds one value. Allowed: a template of its fields.");
        }

        return codec;
    }

    private static TemplateRowKeys? Template(JsonPart part, string text, KeyPath? keyPath)
    {
        var places = Places().Matches(text);
        var start = places.Count == 0 ? text : text[..places[0].Index];
        var fields = new List<TemplateField>();
        var literals = start;
        for (var i = 0; i < places.Count; i++)
        {
            var end = places[i].Index + places[i].Length;
            var separator = text[end..(i + 1 < places.Count ? places[i + 1].Index : text.Length)];
            literals += separator;
            var name = places[i].Groups[1].Value;
            fields.Add(new TemplateField(name, name == TemplateField.Dataset ? -1 : fields.Count(field => !field.IsDataset), places[i].Groups[2].Length > 0, separator));
        }

        if (literals.AsSpan().ContainsAny('{', '}'))
        {
            part.Fault("A field stands in braces, as its name or its name and :int, such as {region}|{id:int}.");
        }
        else if (fields.SkipLast(1).FirstOrDefault(field => field.Separator.Length == 0) is { } bare)
        {
            part.Fault($"Behind the field {bare.Name} a separator is missing: where it ends, nobody could tell.");
        }
        else if (fields.GroupBy(field => field.Name).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            part.Fault($"The field {twice.Key} stands here twice.");
        }
        else if (fields.FindIndex(field => field.IsDataset) > 0 || fields is [{ IsDataset: true }] or [{ IsDataset: true, IsInteger: true }, ..])
        {
            part.Fault("The dataset comes first, as {dataset}, with the key's fields behind it: the rows of one dataset lie together.");
        }
        else
        {
            return Ordered(part, start, fields, keyPath);
        }

        return null;
    }

    /// <summary>With a key path, its order is that of the key's elements; without one, the template's is.</summary>
    private static TemplateRowKeys? Ordered(JsonPart part, string start, List<TemplateField> fields, KeyPath? keyPath)
    {
        var names = fields.Where(field => !field.IsDataset).Select(field => field.Name);
        if (keyPath is not null && !names.Order(StringComparer.Ordinal).SequenceEqual(keyPath.Paths.Order(StringComparer.Ordinal)))
        {
            part.Fault($"The template's fields are those of the key path: {string.Join(", ", keyPath.Paths)}.");
            return null;
        }

        if (keyPath is { IsCompound: true, Paths.Count: 1 })
        {
            part.Fault("The key path is an array of one path. Allowed with a template: that path alone, or several.");
            return null;
        }

        return new TemplateRowKeys(start, keyPath is null ? fields : [.. fields.Select(field => field.IsDataset ? field : field with { Index = keyPath.Paths.ToList().IndexOf(field.Name) })]);
    }

    [GeneratedRegex(@"\{([A-Za-z0-9_.$-]+)(:int)?\}", RegexOptions.CultureInvariant)]
    private static partial Regex Places();
}
