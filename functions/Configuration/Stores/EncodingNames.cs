using MyriadSync.Contracts.Stores;

namespace MyriadSync.Configuration.Stores;

/// <summary>Names of encodings in store files.</summary>
internal static class EncodingNames
{
    /// <summary>By name.</summary>
    public static readonly IReadOnlyDictionary<string, CellEncoding> All = new Dictionary<string, CellEncoding>
    {
        ["json"] = CellEncoding.Json,
        ["utf8"] = CellEncoding.Utf8,
        ["int64"] = CellEncoding.Int64,
        ["double"] = CellEncoding.Double,
        ["boolean"] = CellEncoding.Boolean,
        ["bytes"] = CellEncoding.Bytes,
    };

    /// <summary>The name of one.</summary>
    public static string Of(CellEncoding encoding) => All.First(pair => pair.Value == encoding).Key;
}
