using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using MyriadSync.Contracts.Keys;
using MyriadSync.Contracts.Values;

namespace MyriadSync.Contracts;

/// <summary>A record's value as columns: one per top-level field, or the root column for a value that is no plain object.</summary>
public static class ValueColumns
{
    /// <summary>How deep a stored cell may nest: deeper than any limit on the wire, patches included.</summary>
    private static readonly ValueLimits Stored = new() { MaxDepth = 512, MaxBytes = 16 * 1024 * 1024 };

    /// <summary>Qualifiers and canonical JSON, in the order of the fields.</summary>
    public static IEnumerable<(string Qualifier, ReadOnlyMemory<byte> Json)> Of(RecordValue value) =>
        value.IsObject ? value.Fields.Select(field => (Qualifiers.Encode(field.Name), field.Json)) : [(Qualifiers.Root, value.Json)];

    /// <summary>
    /// The value that columns make up. A cell that is no JSON (a job may write what it likes) is taken as text, or as binary where it is no UTF-8;
    /// a column whose name is no encoded field name is left alone.
    /// </summary>
    public static RecordValue ToValue(IEnumerable<(string Qualifier, ReadOnlyMemory<byte> Json)> columns)
    {
        var fields = new List<RecordField>();
        foreach (var (qualifier, cell) in columns)
        {
            if (qualifier == Qualifiers.Root)
            {
                return RecordValue.FromRoot(ToJson(cell));
            }

            if (Qualifiers.TryDecode(qualifier, out var name))
            {
                fields.Add(new RecordField(name, ToJson(cell)));
            }
        }

        return RecordValue.FromFields(fields);
    }

    /// <summary>The canonical JSON of a cell.</summary>
    public static ReadOnlyMemory<byte> ToJson(ReadOnlyMemory<byte> cell)
    {
        try
        {
            if (CanonicalJson.TryRead(cell.Span, Stored, out var json, out _))
            {
                return json;
            }
        }
        catch (JsonException)
        {
            // No JSON: a job's own encoding.
        }

        return Utf8.IsValid(cell.Span) ? WireText.ToJson(Encoding.UTF8.GetString(cell.Span)) : Encoding.ASCII.GetBytes($"{{\"$binary\":\"{Convert.ToBase64String(cell.Span)}\"}}");
    }
}
