namespace MyriadSync.Pipeline.Transform.Schema;

/// <summary>Names of <see cref="JsonTypes"/> in a schema.</summary>
internal static class TypeNames
{
    /// <summary>By name.</summary>
    public static readonly IReadOnlyDictionary<string, JsonTypes> All = new Dictionary<string, JsonTypes>
    {
        ["object"] = JsonTypes.Object,
        ["array"] = JsonTypes.Array,
        ["string"] = JsonTypes.String,
        ["number"] = JsonTypes.Number,
        ["integer"] = JsonTypes.Integer,
        ["boolean"] = JsonTypes.Boolean,
        ["null"] = JsonTypes.Null,
    };

    /// <summary>For people: the names, with "or" between.</summary>
    public static string Of(JsonTypes types) => string.Join(" or ", All.Where(pair => types.HasFlag(pair.Value)).Select(pair => pair.Key));
}
