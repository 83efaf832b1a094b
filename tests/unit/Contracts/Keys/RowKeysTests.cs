using CsCheck;
using MyriadSync.Contracts.Keys;

namespace MyriadSync.UnitTests.Contracts.Keys;

public sealed class RowKeysTests
{
    private static readonly Gen<string> Name = Gen.Select(
        Gen.Char['a', 'c'], Gen.OneOf("abcAB09-_.".ToCharArray()).Array[0, 4], (first, rest) => first + new string(rest));

    [Fact]
    public void Compose_NamesAndKey_JoinsThemByTildes()
    {
        var rowKey = RowKeys.Compose("tasks", "todos", WireDocument.Key("\"a1\""));

        Assert.Equal("tasks~todos~Sa1", rowKey);
    }

    [Fact]
    public void TryParse_AnyComposedRowKey_GivesThePartsBack()
    {
        Property.Holds(Gen.Select(Name, Name, ModelKey.Any), parts =>
        {
            var key = WireDocument.Key(parts.Item3.ToJson(0));

            Assert.True(RowKeys.TryParse(RowKeys.Compose(parts.Item1, parts.Item2, key), out var dataset, out var store, out var parsed));

            Assert.Equal((parts.Item1, parts.Item2, key), (dataset, store, parsed));
        });
    }

    [Theory]
    [InlineData("")]
    [InlineData("tasks")]
    [InlineData("tasks~todos")]
    [InlineData("tasks~todos~")]
    [InlineData("~todos~Sa")]
    [InlineData("tasks~~Sa")]
    [InlineData("-tasks~todos~Sa")]
    [InlineData("ta sks~todos~Sa")]
    [InlineData("tasks~todos~a1")]
    [InlineData("tasks~todos~Sa~")]
    public void TryParse_RowOfAnotherMaking_IsRefused(string rowKey)
    {
        var parsed = RowKeys.TryParse(rowKey, out _, out _, out _);

        Assert.False(parsed);
    }

    [Fact]
    public void StoreRange_AnyTwoStores_HoldsItsOwnRowsOnly()
    {
        Property.Holds(Gen.Select(Gen.Select(Name, Name), Gen.Select(Name, Name), ModelKey.Any), parts =>
        {
            var (mine, other, key) = parts;
            var rowKey = RowKeys.Compose(other.Item1, other.Item2, WireDocument.Key(key.ToJson(0)));

            Assert.Equal(mine == other, Holds(RowKeys.StoreRange(mine.Item1, mine.Item2), rowKey));
            Assert.Equal(mine.Item1 == other.Item1, Holds(RowKeys.DatasetRange(mine.Item1), rowKey));
        });
    }

    [Theory]
    [InlineData("a", true)]
    [InlineData("9lives", true)]
    [InlineData("A-b_c.d", true)]
    [InlineData("", false)]
    [InlineData("-a", false)]
    [InlineData("_a", false)]
    [InlineData(".a", false)]
    [InlineData("a~b", false)]
    [InlineData("a b", false)]
    [InlineData("a/b", false)]
    [InlineData("\u00e9", false)]
    [InlineData("a\n", false)]
    public void IsDataset_Name_KeepsToTheRules(string name, bool valid)
    {
        Assert.Equal(valid, NameRules.IsDataset(name));
        Assert.Equal(valid, NameRules.IsStore(name));
    }

    [Fact]
    public void IsDataset_LongName_EndsAt64()
    {
        Assert.True(NameRules.IsDataset(new string('a', 64)));
        Assert.False(NameRules.IsDataset(new string('a', 65)));
        Assert.True(NameRules.IsClientId(new string('_', 64)));
        Assert.False(NameRules.IsClientId(new string('_', 65)));
    }

    private static bool Holds(RowRange range, string rowKey) =>
        string.CompareOrdinal(range.Start, rowKey) <= 0 && string.CompareOrdinal(rowKey, range.End) < 0;
}
