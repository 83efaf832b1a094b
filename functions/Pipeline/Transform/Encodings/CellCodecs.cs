using MyriadSync.Contracts.Stores;

namespace MyriadSync.Pipeline.Transform.Encodings;

/// <summary>The encodings by name.</summary>
internal static class CellCodecs
{
    private static readonly Dictionary<CellEncoding, ICellCodec> ByEncoding = new()
    {
        [CellEncoding.Json] = new JsonCell(),
        [CellEncoding.Utf8] = new Utf8Cell(),
        [CellEncoding.Int64] = new Int64Cell(),
        [CellEncoding.Double] = new DoubleCell(),
        [CellEncoding.Boolean] = new BooleanCell(),
        [CellEncoding.Bytes] = new BytesCell(),
    };

    /// <summary>The codec of an encoding.</summary>
    public static ICellCodec Of(CellEncoding encoding) => ByEncoding[encoding];
}
