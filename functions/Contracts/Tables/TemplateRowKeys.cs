using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.Json;
using MyriadSync.Contracts.Keys;
using MyriadSync.Contracts.Values;

namespace MyriadSync.Contracts.Tables;

/// <summary>
/// A template such as <c>{region}|{id:int}</c>: fields with separators between them, in UTF-8. No field holds a separator, so that a row key can be taken
/// apart in one way only, by us and by every job that splits it.
/// </summary>
/// <param name="start">What every row key begins with; may be empty.</param>
/// <param name="fields">In the order of the template; those between two fields have a separator.</param>
internal sealed class TemplateRowKeys(string start, IReadOnlyList<TemplateField> fields) : IRowKeyCodec
{
    private readonly string[] _separators = [.. fields.SkipLast(1).Select(field => field.Separator)];
    private readonly int _elements = fields.Count(field => !field.IsDataset);

    public bool NamesDataset { get; } = fields.Any(field => field.IsDataset);

    public string Prefix(string dataset) => ByteText.OfUtf8(NamesDataset ? start + dataset + fields[0].Separator : start);

    public bool TryEncode(string dataset, RecordKey key, [NotNullWhen(true)] out string? rowKey, [NotNullWhen(false)] out Refusal? refusal)
    {
        (rowKey, refusal) = (null, null);
        var elements = KeyElements.Of(key, out var isArray);
        if (isArray != _elements > 1 || elements.Count != _elements)
        {
            refusal = Unfit("", _elements == 1 ? $"a key that is the field {Names()} is needed" : $"an array of {_elements} elements is needed: {Names()}");
            return false;
        }

        var text = new StringBuilder(start);
        foreach (var field in fields)
        {
            var pointer = isArray && !field.IsDataset ? JsonPointers.Append("", field.Index.ToString(CultureInfo.InvariantCulture)) : "";
            if (Text(field, dataset, elements) is not { } part)
            {
                refusal = Unfit(pointer, $"the field {field.Name} is {(field.IsInteger ? "a whole number within 2^53 - 1" : "a well-formed string")}");
                return false;
            }

            if (Holds(part, field) is { } separator)
            {
                refusal = Unfit(pointer, $"the field {field.Name} holds the separator {separator}");
                return false;
            }

            text.Append(part).Append(field.Separator);
        }

        rowKey = text.Length == 0 ? null : ByteText.OfUtf8(text.ToString());
        refusal = rowKey is null ? Unfit("", "its fields are all empty") : null;
        return rowKey is not null;
    }

    public bool TryDecode(string rowKey, out string? dataset, out RecordKey key)
    {
        (dataset, key) = (null, default);
        if (!ByteText.TryUtf8(rowKey, out var text) || text.Length == 0 || !text.StartsWith(start, StringComparison.Ordinal))
        {
            return false;
        }

        var elements = new object[_elements];
        var rest = text[start.Length..];
        for (var i = 0; i < fields.Count; i++)
        {
            var field = fields[i];
            var end = i == fields.Count - 1
                ? rest.EndsWith(field.Separator, StringComparison.Ordinal) ? rest.Length - field.Separator.Length : -1
                : rest.IndexOf(field.Separator, StringComparison.Ordinal);
            if (end < 0 || Holds(rest[..end], field) is not null)
            {
                return false;
            }

            if (!Take(field, rest[..end], elements, ref dataset))
            {
                return false;
            }

            rest = rest[(end + field.Separator.Length)..];
        }

        return KeyElements.TryMake(elements, asArray: _elements > 1, out key);
    }

    private static bool Take(TemplateField field, string part, object[] elements, ref string? dataset)
    {
        if (field.IsDataset)
        {
            dataset = part;
            return NameRules.IsDataset(part);
        }

        if (!field.IsInteger)
        {
            elements[field.Index] = part;
            return true;
        }

        var isNumber = KeyElements.TryDecimal(part, out var number);
        elements[field.Index] = number;
        return isNumber;
    }

    private static string? Text(TemplateField field, string dataset, IReadOnlyList<JsonElement> elements) => field switch
    {
        { IsDataset: true } => dataset,
        { IsInteger: true } => KeyElements.TryInteger(elements[field.Index], out var number) ? number.ToString(CultureInfo.InvariantCulture) : null,
        _ => KeyElements.TryText(elements[field.Index], out var text) ? text : null,
    };

    // A part whose end makes a separator together with the beginning of the one behind it would be taken apart too early.
    private string? Holds(string part, TemplateField field) =>
        Array.Find(_separators, separator => part.Contains(separator, StringComparison.Ordinal))
        ?? (!ReferenceEquals(field, fields[^1]) && (part + field.Separator).IndexOf(field.Separator, StringComparison.Ordinal) < part.Length ? field.Separator : null);

    private string Names() => string.Join(", ", fields.Where(field => !field.IsDataset).OrderBy(field => field.Index).Select(field => field.Name));

    private static Refusal Unfit(string pointer, string trouble) =>
        new(RefusalReasons.KeyNotStorable, pointer, $"The key fits no row of the store's table: {trouble}.");
}
