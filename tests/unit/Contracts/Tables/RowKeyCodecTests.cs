using System.Text;
using System.Text.Json;
using CsCheck;
using MyriadSync.Contracts;
using MyriadSync.Contracts.Keys;
using MyriadSync.Contracts.Tables;

namespace MyriadSync.UnitTests.Contracts.Tables;

public sealed class RowKeyCodecTests
{
    private static readonly Int64RowKeys Int64 = new(ordered: false);
    private static readonly Int64RowKeys Ordered = new(ordered: true);
    private static readonly TemplateRowKeys Template = new("o:", [new("dataset", -1, false, "/"), new("id", 1, true, "--"), new("region", 0, false, "!")]);

    [Theory]
    [InlineData("utf8", "\"a\"", "61")]
    [InlineData("utf8", "\"é\"", "C3A9")]
    [InlineData("int64", "0", "0000000000000000")]
    [InlineData("int64", "300", "000000000000012C")]
    [InlineData("int64", "-1", "FFFFFFFFFFFFFFFF")]
    [InlineData("int64-ordered", "0", "8000000000000000")]
    [InlineData("int64-ordered", "-1", "7FFFFFFFFFFFFFFF")]
    public void TryEncode_Key_IsTheseBytesAndComesBack(string codec, string key, string hex)
    {
        Assert.True(Of(codec).TryEncode("d", Key(key), out var row, out _));

        Assert.Equal(hex, Convert.ToHexString(ByteText.Bytes(row)));
        Assert.True(Of(codec).TryDecode(row, out var dataset, out var back));
        Assert.Equal((Key(key), null), (back, dataset));
    }

    [Theory]
    [InlineData("utf8", "\"\"")]
    [InlineData("utf8", "\"\\ud800\"")]
    [InlineData("utf8", "7")]
    [InlineData("utf8", "[\"a\"]")]
    [InlineData("int64", "1.5")]
    [InlineData("int64", "9007199254740992")]
    [InlineData("int64", "\"1\"")]
    [InlineData("int64", "[1]")]
    public void TryEncode_OtherKey_IsRefused(string codec, string key)
    {
        Assert.False(Of(codec).TryEncode("d", Key(key), out var row, out var refusal));

        Assert.Null(row);
        Assert.Equal((RefusalReasons.KeyNotStorable, ""), (refusal.Reason, refusal.Pointer));
    }

    [Theory]
    [InlineData("utf8", "")]
    [InlineData("utf8", "FF")]
    [InlineData("int64", "00")]
    [InlineData("int64", "0020000000000000")]
    public void TryDecode_OtherRow_IsNoRecord(string codec, string hex)
    {
        Assert.False(Of(codec).TryDecode(ByteText.Of(Convert.FromHexString(hex)), out _, out _));
    }

    [Fact]
    public void Int64Ordered_AnyTwoNumbers_LieInTheirOrder() =>
        Gen.Select(Gen.Long[-KeyElements.MaxInteger, KeyElements.MaxInteger], Gen.Long[-KeyElements.MaxInteger, KeyElements.MaxInteger]).Sample((a, b) =>
        {
            Assert.True(Ordered.TryEncode("d", Key($"{a}"), out var left, out _) & Ordered.TryEncode("d", Key($"{b}"), out var right, out _));
            Assert.Equal(a.CompareTo(b), Math.Sign(string.CompareOrdinal(left, right)));
        });

    [Fact]
    public void Template_Key_IsComposedInTheTemplatesOrderAndComesBackInTheKeys()
    {
        Assert.True(Template.TryEncode("shop", Key("[\"eu\",-7]"), out var row, out _));
        Assert.True(Template.TryDecode(row, out var dataset, out var key));

        Assert.Equal("o:shop/-7--eu!", row);
        Assert.Equal(("shop", Key("[\"eu\",-7]"), "o:shop/"), (dataset, key, Template.Prefix("shop")));
    }

    [Theory]
    [InlineData("[\"a--b\",1]", "/0", "region holds the separator --")]
    [InlineData("[\"a/b\",1]", "/0", "region holds the separator /")]
    [InlineData("[\"eu\",\"1\"]", "/1", "id is a whole number")]
    [InlineData("[7,1]", "/0", "region is a well-formed string")]
    [InlineData("[\"eu\"]", "", "2 elements is needed: region, id")]
    [InlineData("\"eu\"", "", "2 elements is needed")]
    [InlineData("[\"\\ud800\",1]", "/0", "region is a well-formed string")]
    public void Template_KeyThatFitsNoRow_IsRefusedNamingTheField(string key, string pointer, string detail)
    {
        Assert.False(Template.TryEncode("shop", Key(key), out _, out var refusal));

        Assert.Equal(pointer, refusal.Pointer);
        Assert.Contains(detail, refusal.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("o:shop/1--eu")]
    [InlineData("o:shop/01--eu!")]
    [InlineData("o:shop/1-eu!")]
    [InlineData("shop/1--eu!")]
    [InlineData("o:~/1--eu!")]
    [InlineData("o:shop/1--e--u!")]
    public void Template_RowOfAnotherForm_IsNoRecord(string row)
    {
        Assert.False(Template.TryDecode(row, out _, out _));
    }

    /// <summary>Whatever is taken comes back: no two keys share a row.</summary>
    [Fact]
    public void Template_AnyTexts_ComeBackOrAreRefused()
    {
        var pairs = new TemplateRowKeys("", [new("a", 0, false, "bb"), new("c", 1, false, "")]);
        var text = Gen.Char["ab|"].Array[0, 5].Select(letters => new string(letters));

        Gen.Select(text, text).Sample((left, right) =>
        {
            var key = Key(JsonSerializer.Serialize(new[] { left, right }));
            if (pairs.TryEncode("d", key, out var row, out _))
            {
                Assert.Equal(left + "bb" + right, row);
                Assert.True(pairs.TryDecode(row, out _, out var back));
                Assert.Equal(key, back);
            }
            else
            {
                Assert.True(left.EndsWith('b') || left.Contains("bb", StringComparison.Ordinal) || right.Contains("bb", StringComparison.Ordinal));
            }
        });
    }

    internal static RecordKey Key(string json)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json));
        reader.Read();
        Assert.True(RecordKey.TryRead(ref reader, out var key, out _));
        return key;
    }

    private static IRowKeyCodec Of(string name) => name switch { "utf8" => new Utf8RowKeys(), "int64" => Int64, _ => Ordered };
}
