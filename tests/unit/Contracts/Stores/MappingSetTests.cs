using MyriadSync.Contracts;
using MyriadSync.Contracts.Stores;
using MyriadSync.UnitTests.Myriad.Records;
using MyriadSync.UnitTests.Pipeline.Transform;

namespace MyriadSync.UnitTests.Contracts.Stores;

public sealed class MappingSetTests
{
    [Fact]
    public void Read_WhatASetSays_IsTheSameSet() => Property.Holds(MappingGen.Mapping, mapping =>
    {
        var set = Of(("s", mapping), ("t", Cities.Mapping()));

        var read = MappingSet.Read(set.Document);

        Assert.Equal((set.Hash, set.HashOfStore("s"), set.HashOfStore("t")), (read.Hash, read.HashOfStore("s"), read.HashOfStore("t")));
    });

    [Fact]
    public void Hash_OfWhatDoesNotDecideHowRowsLie_StaysTheSame()
    {
        var fields = Cities.Mapping().Fields;
        var other = Cities.Mapping() with { Fields = fields.Reverse().ToDictionary(pair => pair.Key, pair => pair.Value with { OnBadCell = BadCell.Default, Required = true }) };

        Assert.Equal(Of(("cities", Cities.Mapping())).Hash, Of(("cities", other), ("plain", StoreMapping.Plain)).Hash);
    }

    [Fact]
    public void Hash_OfAnotherColumnEncodingDefaultOrConstant_Differs()
    {
        var mapping = Cities.Mapping();
        StoreMapping[] others =
        [
            With(mapping.Fields["name"] with { Column = "d:n" }),
            With(mapping.Fields["name"] with { Encoding = CellEncoding.Json }),
            With(mapping.Fields["name"] with { Default = "\"\""u8.ToArray() }),
            With(new FieldMapping()),
            mapping with { Constants = new Dictionary<string, ReadOnlyMemory<byte>> { ["d:type"] = "town"u8.ToArray() } },
            mapping with { Others = OtherFields.Reject },
            mapping with { Transformer = "t" },
        ];

        var hashes = others.Append(mapping).Select(other => Of(("cities", other)).Hash).ToHashSet();

        Assert.Equal(others.Length + 1, hashes.Count);
    }

    [Fact]
    public void Hash_OfStoresWithoutAMapping_IsEmpty() =>
        Assert.Equal(("", "", 0), (Of(("s", StoreMapping.Plain)).Hash, Of(("s", StoreMapping.Plain)).HashOfStore("s"), Of().Document.Length));

    [Fact]
    public void Read_NewerFormat_IsRefused() => Assert.Throws<NewerFormatException>(() => MappingSet.Read("""{"v":2,"stores":{}}"""u8.ToArray()));

    private static StoreMapping With(FieldMapping name) => Cities.Mapping() with { Fields = new Dictionary<string, FieldMapping>(Cities.Mapping().Fields) { ["name"] = name } };

    private static MappingSet Of(params IEnumerable<(string Name, StoreMapping Mapping)> stores) =>
        MappingSet.Of(stores.Select(store => new StoreDefinition { Name = store.Name, Mapping = store.Mapping }));
}
