using System.Text.RegularExpressions;
using MyriadSync.Contracts.Keys;
using MyriadSync.Contracts.Stores;
using MyriadSync.Contracts.Tables;

namespace MyriadSync.Configuration.Stores;

/// <summary>Reads <c>table</c>: a table that is there already, and where what sync notes goes.</summary>
internal static partial class TableReader
{
    private static readonly string[] Needed = ["name", "key", "sync"];

    /// <summary>The table; null and a fault where it cannot be made out.</summary>
    /// <param name="part">The member.</param>
    /// <param name="keyPath">The store's key path; null: keys are kept apart from values.</param>
    /// <param name="mapping">The store's mapping.</param>
    public static ExistingTable? Read(JsonPart part, KeyPath? keyPath, StoreMapping mapping)
    {
        var members = part.Members("name", "key", "dataset", "sync");
        foreach (var missing in Needed.Where(member => part.Json.ValueKind == System.Text.Json.JsonValueKind.Object && !members.ContainsKey(member)))
        {
            part.Fault($"The member {missing} is missing.");
        }

        var name = members.TryGetValue("name", out var named) ? TableName(named) : null;
        var keys = members.TryGetValue("key", out var key) ? RowKeyReader.Read(key, keyPath) : null;
        var dataset = members.TryGetValue("dataset", out var one) ? Dataset(one, keys) : null;
        if (keys is { NamesDataset: false } && !members.ContainsKey("dataset"))
        {
            part.Fault("The member dataset is missing: row keys do not name the dataset, so the table belongs to one.");
        }

        if (!members.TryGetValue("sync", out var sync) || ReadSync(sync, name, mapping) is not { } place || name is null || keys is null)
        {
            return null;
        }

        return new ExistingTable { Name = name, Keys = keys, Dataset = dataset, SyncFamily = place.Family, MayAddFamily = place.Add, SyncTable = place.Table };
    }

    /// <summary>Fields of the key path that have no column.</summary>
    /// <param name="part">The member <c>keyPath</c>.</param>
    /// <param name="keyPath">The same, read.</param>
    /// <param name="mapping">The store's mapping.</param>
    public static Dictionary<string, int> KeyFieldsOf(JsonPart part, KeyPath keyPath, StoreMapping mapping)
    {
        var fields = new Dictionary<string, int>();
        for (var i = 0; i < keyPath.Paths.Count; i++)
        {
            var path = keyPath.Paths[i];
            if (mapping.Fields.ContainsKey(path.Split('.')[0]))
            {
                continue;
            }

            if (path.Contains('.', StringComparison.Ordinal))
            {
                part.Fault($"The field {path.Split('.')[0]} needs a column: only fields of the record itself can lie in the row key alone.");
            }
            else
            {
                fields[path] = keyPath.IsCompound ? i : KeyFields.Whole;
            }
        }

        return fields;
    }

    private static string? TableName(JsonPart part)
    {
        if (part.Text() is not { } name)
        {
            return null;
        }

        if (!Table().IsMatch(name))
        {
            part.Fault("A table is called as in shop:orders, or without a namespace: of A-Z a-z 0-9 _ - .");
            return null;
        }

        return name;
    }

    private static string? Dataset(JsonPart part, IRowKeyCodec? keys)
    {
        var dataset = part.Text();
        if (dataset is not null && !NameRules.IsDataset(dataset))
        {
            part.Fault("A dataset is 1 to 64 of A-Z a-z 0-9 - _ . and begins with a letter or digit.");
        }
        else if (keys is { NamesDataset: true })
        {
            part.Fault("The row keys name the dataset already.");
        }

        return dataset;
    }

    private static (string? Family, bool Add, string? Table)? ReadSync(JsonPart part, string? table, StoreMapping mapping)
    {
        var members = part.Members("family", "add", "table");
        if (members.ContainsKey("family") == members.ContainsKey("table"))
        {
            part.Fault("Either family or table is needed: a family of the table for what sync notes about records, or a table beside it.");
            return null;
        }

        if (members.TryGetValue("table", out var beside))
        {
            if (members.TryGetValue("add", out var needless))
            {
                needless.Fault("A table beside is always made if it is missing.");
            }

            var name = TableName(beside);
            if (name is not null && name == table)
            {
                beside.Fault("This is the table itself. Name a family of it instead, or another table.");
            }

            return (null, false, name);
        }

        var family = members["family"].Text();
        if (family is not null && !Family().IsMatch(family))
        {
            members["family"].Fault("A family is 1 to 64 of A-Z a-z 0-9 _.");
        }
        else if (family is not null && Columns(mapping).FirstOrDefault(column => column.StartsWith(family + ":", StringComparison.Ordinal)) is { } taken)
        {
            members["family"].Fault($"The family is the sync's own, and the mapping has the column {taken} in it.");
        }

        return (family, members.TryGetValue("add", out var add) && add.Flag() == true, null);
    }

    private static IEnumerable<string> Columns(StoreMapping mapping) => mapping.Fields.Values.Select(field => field.Column).OfType<string>().Concat(mapping.Constants.Keys);

    [GeneratedRegex(@"^([A-Za-z0-9_]+:)?[A-Za-z0-9_][A-Za-z0-9_.-]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Table();

    [GeneratedRegex(@"^[A-Za-z0-9_]{1,64}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Family();
}
