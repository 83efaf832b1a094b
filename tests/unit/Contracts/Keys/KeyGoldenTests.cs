using System.Text.Json;
using MyriadSync.Contracts.Keys;

namespace MyriadSync.UnitTests.Contracts.Keys;

public sealed class KeyGoldenTests
{
    public static IEnumerable<TheoryDataRow<string, string, string>> Keys =>
        from golden in GoldenFile.Cases("keys.json")
        select new TheoryDataRow<string, string, string>(golden.Text("wire")!, golden.Text("encoded")!, golden.Text("canonical")!)
        {
            TestDisplayName = golden.Text("name"),
        };

    public static IEnumerable<TheoryDataRow<string, string, string>> Refused =>
        from golden in GoldenFile.Cases("keys-refused.json", "wire")
        select new TheoryDataRow<string, string, string>(golden.Text("wire")!, golden.Text("reason")!, golden.Text("pointer")!)
        {
            TestDisplayName = golden.Text("name"),
        };

    public static IEnumerable<TheoryDataRow<string>> Foreign =>
        from golden in GoldenFile.Cases("keys-refused.json", "encoded")
        select new TheoryDataRow<string>(golden.Text("encoded")!)
        {
            TestDisplayName = golden.Text("name"),
        };

    [Theory]
    [MemberData(nameof(Keys))]
    public void TryRead_GoldenKey_GivesItsEncodingAndCanonicalForm(string wire, string encoded, string canonical)
    {
        var read = WireDocument.TryReadKey(wire, out var key, out var refusal);

        Assert.True(read, refusal?.ToString());
        Assert.Equal(encoded, key.Encoded);
        Assert.Equal(canonical, WireDocument.KeyJson(key));
        Assert.Equal(key, WireDocument.Key(canonical));
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public void TryDecode_GoldenEncoding_GivesTheKey(string wire, string encoded, string canonical)
    {
        var decoded = RecordKey.TryDecode(encoded, out var key);

        Assert.True(decoded);
        Assert.Equal(WireDocument.Key(wire), key);
        Assert.Equal(canonical, WireDocument.KeyJson(key));
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void TryRead_GoldenNonKey_SaysWhyAndWhere(string wire, string reason, string at)
    {
        var read = WireDocument.TryReadKey(wire, out _, out var refusal);

        Assert.False(read);
        Assert.Equal((reason, at), (refusal!.Reason, refusal.Pointer));
    }

    [Theory]
    [MemberData(nameof(Foreign))]
    public void TryDecode_TextThatNoKeyHas_IsRefused(string encoded)
    {
        var decoded = RecordKey.TryDecode(encoded, out _);

        Assert.False(decoded);
    }

    [Fact]
    public void CompareTo_GoldenOrder_Ascends()
    {
        var ascending = GoldenFile.Cases("key-order.json", "ascending");

        var keys = ascending.Select(golden => WireDocument.Key(golden.Text("canonical")!)).ToList();

        Assert.Equal(ascending.Select(golden => golden.Text("encoded")), keys.Select(key => key.Encoded));
        for (var i = 1; i < keys.Count; i++)
        {
            Assert.True(keys[i - 1] < keys[i] && keys[i] > keys[i - 1], $"{keys[i - 1]} < {keys[i]}");
        }
    }

    [Fact]
    public void WriteJson_Default_Throws()
    {
        Assert.Throws<InvalidOperationException>(() => WireDocument.KeyJson(default));
        Assert.Equal("", default(RecordKey).Encoded);
    }

    [Fact]
    public void TryRead_TruncatedJson_Throws()
    {
        Assert.ThrowsAny<JsonException>(() =>
        {
            var reader = new Utf8JsonReader("[1,"u8);
            reader.Read();
            RecordKey.TryRead(ref reader, out _, out _);
        });
    }
}
