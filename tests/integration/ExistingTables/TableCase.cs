using System.Buffers.Binary;
using System.Text;
using System.Text.Json.Nodes;

namespace MyriadSync.IntegrationTests.ExistingTables;

/// <summary>A form of row keys, with records that try it.</summary>
/// <param name="Key">The store file's <c>table.key</c>.</param>
/// <param name="Records">Keys of records with their rows, in the order of the rows; the last is not there at first.</param>
/// <param name="Strange">Rows that are no records.</param>
public sealed record TableCase(string Key, IReadOnlyList<(string Key, byte[] Row)> Records, IReadOnlyList<byte[]> Strange)
{
    /// <summary>All forms.</summary>
    public static TableCase Of(string key) => key switch
    {
        "utf8" => new(key, [("\"a%b,c\"", Utf8("a%b,c")), ("\"a/b+*\"", Utf8("a/b+*")), ("\"plain\"", Utf8("plain")), ("\"é 𝄞\"", Utf8("é 𝄞"))], [[0xFF, 1]]),
        "int64" => new(key, [("0", Long(0)), ("300", Long(300)), ("9007199254740991", Long(9007199254740991)), ("-5", Long(-5))], [[1], Long(long.MaxValue)]),
        "int64-ordered" => new(key, [("-5", Long(-5 ^ long.MinValue)), ("0", Long(long.MinValue)), ("42", Long(42 ^ long.MinValue)), ("43", Long(43 ^ long.MinValue))], [Utf8("abc")]),
        _ => new(key, [("""["eu",7]""", Utf8("eu|7")), ("""["eu",70]""", Utf8("eu|70")), ("""["us",-1]""", Utf8("us|-1")), ("""["ü/*",0]""", Utf8("ü/*|0"))], [Utf8("eu"), Utf8("eu|07"), Utf8("eu|7|x")]),
    };

    /// <summary>The key of a record.</summary>
    public JsonNode KeyOf(int record) => JsonNode.Parse(Records[record].Key)!;

    /// <summary>A number as <c>Bytes.toBytes(long)</c> writes it.</summary>
    public static byte[] Long(long number)
    {
        var bytes = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, number);
        return bytes;
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
