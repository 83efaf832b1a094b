using System.Globalization;
using System.Text.Json;
using MyriadSync.MyriadEmulator.Store;

namespace MyriadSync.MyriadEmulator.HBase;

/// <summary>Reads the families and attributes of a schema body. Fields that it does not know are attributes of the table, as they are to the gateway.</summary>
internal static class FamilyReader
{
    private static readonly string[] Numbers = ["VERSIONS", "TTL", FamilySchema.PurgeDeletesAttribute];

    private static readonly string[] BuiltIn = ["name", "ColumnSchema", "IS_META", "hbase.store.file-tracker.impl"];

    /// <returns>What the gateway answers if it does not take them.</returns>
    public static Answer? Read(JsonElement schema, out List<FamilySchema> families)
    {
        families = [];
        if (!schema.TryGetProperty("ColumnSchema", out var list))
            return null;
        if (list.ValueKind != JsonValueKind.Array || list.EnumerateArray().Any(family => family.ValueKind != JsonValueKind.Object))
            return Answer.RequestFailed;
        foreach (var family in list.EnumerateArray())
        {
            var name = family.TryGetProperty("name", out var given) ? JsonBody.AsText(given) ?? "" : "";
            if (CheckName(name) is { } badName)
                return badName;
            var attributes = Attributes(family, "name");
            if (attributes.Exists(IsBadNumber))
                return Answer.Text(503, "Unavailable\r\n");
            if (attributes.Exists(pair => pair is { Key: "VERSIONS", Value: "0" }))
                return Answer.NotEmulated("families with VERSIONS 0");
            families.Add(new FamilySchema(name, attributes));
        }
        return null;
    }

    public static List<KeyValuePair<string, string>> TableAttributes(JsonElement schema) => Attributes(schema, BuiltIn);

    private static List<KeyValuePair<string, string>> Attributes(JsonElement element, params string[] except)
    {
        var attributes = new List<KeyValuePair<string, string>>();
        foreach (var property in element.EnumerateObject())
        {
            if (!except.Contains(property.Name) && JsonBody.AsText(property.Value) is { } value)
                attributes.Add(new(property.Name, value));
        }
        return attributes;
    }

    private static bool IsBadNumber(KeyValuePair<string, string> attribute) => Numbers.Contains(attribute.Key)
        && !(attribute.Key == FamilySchema.PurgeDeletesAttribute
            ? long.TryParse(attribute.Value, CultureInfo.InvariantCulture, out _)
            : int.TryParse(attribute.Value, CultureInfo.InvariantCulture, out _));

    private static Answer? CheckName(string name)
    {
        foreach (var character in name)
        {
            if (char.IsControl(character) || character is ':' or '/' or '\\')
            {
                return Answer.BadRequest(
                    $"java.lang.IllegalArgumentException: Illegal character <{(int)character}>. Column Family names cannot contain control characters or colons: {name}",
                    "client.ColumnFamilyDescriptorBuilder.isLegalColumnFamilyName(ColumnFamilyDescriptorBuilder.java:363)");
            }
        }
        return name.Length is 0 or > byte.MaxValue
            ? Answer.BadRequest(
                "java.lang.IllegalArgumentException: Column Family name can not be empty",
                "client.ColumnFamilyDescriptorBuilder.isLegalColumnFamilyName(ColumnFamilyDescriptorBuilder.java:351)")
            : null;
    }
}
