using CsCheck;
using MyriadSync.Myriad.HBase;

namespace MyriadSync.UnitTests.Myriad.HBase;

public sealed class RowKeysTests
{
    private const string Alphabet = "-.09AZ_az~";

    private static readonly Gen<string> Legal = Gen.OneOf(Alphabet.Select(Gen.Const).ToArray()).Array[1, 4].Select(letters => new string(letters));
    private static readonly Gen<string> Any = Gen.OneOf((Alphabet + "\0 !,/:@[`{\x7f\u00e9\ufffd").Select(Gen.Const).ToArray()).Array[1, 4].Select(letters => new string(letters));

    [Fact]
    public void After_AnyText_IsAboveItAndNoLegalKeyLiesBetween() => Gen.Select(Any, Legal).Sample((key, other) =>
    {
        var after = RowKeys.After(key);

        if (after is null)
        {
            Assert.True(string.CompareOrdinal(other, key) <= 0);
            return;
        }

        Assert.True(RowKeys.IsLegal(after));
        Assert.True(string.CompareOrdinal(after, key) > 0);
        Assert.False(string.CompareOrdinal(other, key) > 0 && string.CompareOrdinal(other, after) < 0);
    });

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a,b")]
    [InlineData("a/b")]
    [InlineData("a%2C")]
    [InlineData("\u00e9")]
    public void Demand_KeyThatAGatewayCannotBeTold_IsADefectOfTheCaller(string key)
    {
        Assert.Throws<ArgumentException>(() => RowKeys.Demand(key));
    }
}
