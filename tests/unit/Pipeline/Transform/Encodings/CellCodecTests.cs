using System.Text;
using MyriadSync.Contracts.Stores;
using MyriadSync.Pipeline.Transform.Encodings;

namespace MyriadSync.UnitTests.Pipeline.Transform.Encodings;

public sealed class CellCodecTests
{
    [Theory]
    [InlineData(CellEncoding.Utf8, "\"\"", "")]
    [InlineData(CellEncoding.Utf8, "\"Zürich\"", "5AC3BC72696368")]
    [InlineData(CellEncoding.Utf8, "\"a\\n\\\"b\\\\\"", "610A22625C")]
    [InlineData(CellEncoding.Int64, "0", "0000000000000000")]
    [InlineData(CellEncoding.Int64, "-2", "FFFFFFFFFFFFFFFE")]
    [InlineData(CellEncoding.Int64, "9007199254740991", "001FFFFFFFFFFFFF")]
    [InlineData(CellEncoding.Int64, "{\"$bigint\":\"9007199254740992\"}", "0020000000000000")]
    [InlineData(CellEncoding.Int64, "{\"$bigint\":\"-9223372036854775808\"}", "8000000000000000")]
    [InlineData(CellEncoding.Double, "0.1", "3FB999999999999A")]
    [InlineData(CellEncoding.Double, "1e+21", "444B1AE4D6E2EF50")]
    [InlineData(CellEncoding.Double, "{\"$number\":\"-0\"}", "8000000000000000")]
    [InlineData(CellEncoding.Double, "{\"$number\":\"-Infinity\"}", "FFF0000000000000")]
    [InlineData(CellEncoding.Boolean, "true", "FF")]
    [InlineData(CellEncoding.Boolean, "false", "00")]
    [InlineData(CellEncoding.Bytes, "{\"$binary\":\"AQI=\"}", "0102")]
    [InlineData(CellEncoding.Bytes, "{\"$binary\":\"\"}", "")]
    [InlineData(CellEncoding.Json, "{\"a\":[1]}", "7B2261223A5B315D7D")]
    public void Encode_ValueOfTheDomain_IsTheBytesThatHBaseWrites(CellEncoding encoding, string json, string hex)
    {
        var codec = CellCodecs.Of(encoding);

        var encoded = codec.TryEncode(Encoding.UTF8.GetBytes(json), out var cell);

        Assert.True(encoded);
        Assert.Equal(hex, Convert.ToHexString(cell.Span));
        Assert.True(codec.TryDecode(cell, out var back));
        Assert.Equal(json, Encoding.UTF8.GetString(back.Span));
    }

    [Theory]
    [InlineData(CellEncoding.Utf8, "5")]
    [InlineData(CellEncoding.Utf8, "null")]
    [InlineData(CellEncoding.Utf8, "\"\\ud800\"")]
    [InlineData(CellEncoding.Int64, "1.5")]
    [InlineData(CellEncoding.Int64, "1e+21")]
    [InlineData(CellEncoding.Int64, "9007199254740992")]
    [InlineData(CellEncoding.Int64, "-9007199254740992")]
    [InlineData(CellEncoding.Int64, "\"5\"")]
    [InlineData(CellEncoding.Int64, "{\"$date\":5}")]
    [InlineData(CellEncoding.Int64, "{\"$bigint\":\"9223372036854775808\"}")]
    [InlineData(CellEncoding.Int64, "{\"$number\":\"NaN\"}")]
    [InlineData(CellEncoding.Double, "{\"$bigint\":\"1\"}")]
    [InlineData(CellEncoding.Double, "\"1\"")]
    [InlineData(CellEncoding.Double, "true")]
    [InlineData(CellEncoding.Double, "{}")]
    [InlineData(CellEncoding.Boolean, "0")]
    [InlineData(CellEncoding.Boolean, "\"true\"")]
    [InlineData(CellEncoding.Bytes, "\"AQI=\"")]
    [InlineData(CellEncoding.Bytes, "{\"$object\":{\"$binary\":1}}")]
    public void Encode_ValueOutsideTheDomain_IsRefused(CellEncoding encoding, string json)
    {
        var encoded = CellCodecs.Of(encoding).TryEncode(Encoding.UTF8.GetBytes(json), out _);

        Assert.False(encoded);
    }

    [Theory]
    [InlineData(CellEncoding.Int64, "{\"$bigint\":\"5\"}", "5")]
    [InlineData(CellEncoding.Int64, "{\"$number\":\"-0\"}", "0")]
    public void Encode_ValueThatTheEncodingRounds_ReadsBackRounded(CellEncoding encoding, string json, string rounded)
    {
        var codec = CellCodecs.Of(encoding);

        codec.TryEncode(Encoding.UTF8.GetBytes(json), out var cell);
        codec.TryDecode(cell, out var back);

        Assert.Equal(rounded, Encoding.UTF8.GetString(back.Span));
    }

    [Theory]
    [InlineData(CellEncoding.Utf8, "FF")]
    [InlineData(CellEncoding.Utf8, "EDA080")]
    [InlineData(CellEncoding.Int64, "")]
    [InlineData(CellEncoding.Int64, "00000000")]
    [InlineData(CellEncoding.Double, "3132")]
    [InlineData(CellEncoding.Boolean, "")]
    [InlineData(CellEncoding.Boolean, "0000")]
    public void Decode_CellOfAnotherForm_IsNotRead(CellEncoding encoding, string hex)
    {
        var decoded = CellCodecs.Of(encoding).TryDecode(Convert.FromHexString(hex), out _);

        Assert.False(decoded);
    }

    [Theory]
    [InlineData("62617265", "\"bare\"")]
    [InlineData("612262", "\"a\\\"b\"")]
    [InlineData("", "\"\"")]
    [InlineData("31653939390A", "\"1e999\\n\"")]
    [InlineData("FF00", "{\"$binary\":\"/wA=\"}")]
    public void Decode_JsonCellThatIsNoJson_IsTextOrBinary(string hex, string expected)
    {
        var decoded = CellCodecs.Of(CellEncoding.Json).TryDecode(Convert.FromHexString(hex), out var json);

        Assert.True(decoded);
        Assert.Equal(expected, Encoding.UTF8.GetString(json.Span));
    }
}
