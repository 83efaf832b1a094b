using CsCheck;
using MyriadSync.Contracts.Keys;
using MyriadSync.Contracts.Values;

namespace MyriadSync.UnitTests.Contracts.Keys;

public sealed class QualifiersTests
{
    public static IEnumerable<TheoryDataRow<string, string>> Fields =>
        from golden in GoldenFile.Cases("qualifiers.json")
        select new TheoryDataRow<string, string>(golden.Text("field")!, golden.Text("qualifier")!);

    public static IEnumerable<TheoryDataRow<string>> Refused =>
        from golden in GoldenFile.Cases("qualifiers.json", "refused")
        select new TheoryDataRow<string>(golden.Text("qualifier")!);

    [Theory]
    [MemberData(nameof(Fields))]
    public void Encode_GoldenField_GivesItsQualifierAndBack(string field, string qualifier)
    {
        Assert.True(WireText.TryRead(System.Text.Encoding.UTF8.GetBytes(field).AsSpan()[1..^1], out var name));

        Assert.Equal(qualifier, Qualifiers.Encode(name));
        Assert.True(Qualifiers.TryDecode(qualifier, out var decoded));
        Assert.Equal(name, decoded, StringComparer.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void TryDecode_QualifierThatNoFieldHas_IsRefused(string qualifier)
    {
        Assert.False(Qualifiers.TryDecode(qualifier, out _));
    }

    [Fact]
    public void Encode_AnyTwoFields_DifferAsTheirNamesDo()
    {
        Property.Holds(Gen.Select(RandomText.Any, RandomText.Any), pair =>
        {
            var (left, right) = (Qualifiers.Encode(pair.Item1), Qualifiers.Encode(pair.Item2));

            Assert.Equal(string.Equals(pair.Item1, pair.Item2, StringComparison.Ordinal), string.Equals(left, right, StringComparison.Ordinal));
            Assert.NotEqual(Qualifiers.Root, left);
            Assert.Matches("^[-A-Za-z0-9._~]+$", left);
            Assert.True(Qualifiers.TryDecode(left, out var decoded));
            Assert.Equal(pair.Item1, decoded, StringComparer.Ordinal);
        });
    }

    [Fact]
    public void TryDecode_AnyText_IsRefusedOrEncodesBack()
    {
        var texts = Gen.OneOf("aA9-._~~~~0123CDEF8Bf ".ToCharArray()).Array[0, 12].Select(units => new string(units));

        Property.Holds(texts, text =>
        {
            if (Qualifiers.TryDecode(text, out var name)) Assert.Equal(text, Qualifiers.Encode(name));
        });
    }

    [Theory]
    [InlineData(1024, "a", true)]
    [InlineData(1025, "a", false)]
    [InlineData(341, " ", true)]
    [InlineData(342, " ", false)]
    public void TryEncode_LongField_EndsAt1024(int count, string unit, bool fits)
    {
        var encoded = Qualifiers.TryEncode(string.Concat(Enumerable.Repeat(unit, count)), out var qualifier);

        Assert.Equal(fits, encoded);
        Assert.Equal(fits, qualifier is not null);
    }
}
