using System.Text;
using CsCheck;
using MyriadSync.Contracts.Keys;
using MyriadSync.Contracts.Stores;
using MyriadSync.Contracts.Values;
using MyriadSync.Pipeline.Transform;
using MyriadSync.UnitTests.Contracts;

namespace MyriadSync.UnitTests.Pipeline.Transform;

/// <summary>What holds for every mapping and every record: what was shaped reads back, and whatever a job writes is read or named.</summary>
public sealed class MappingLawTests
{
    [Fact]
    public void ShapedRecord_EncodedAndDecoded_IsItself() => Property.Holds(
        Gen.Select(MappingGen.Mapping, MappingGen.Record),
        pair =>
        {
            var codec = new MappedCodec(pair.Item1, "h");
            if (codec.Shape(pair.Item2).Value is not { } shaped)
            {
                return;
            }

            var decoded = codec.Decode(Columns(codec.Encode(shaped)));

            Assert.Equal(shaped, decoded.Value);
            Assert.DoesNotContain(decoded.Unreadable, cell => cell.Trouble != "missing");
            Assert.All(codec.Encode(shaped), cell => Assert.True(codec.Owns(cell.Column)));
        },
        Print);

    [Fact]
    public void Shape_OfItsResult_IsTheSameInstance() => Property.Holds(
        Gen.Select(MappingGen.Mapping, MappingGen.Record),
        pair =>
        {
            var codec = new MappedCodec(pair.Item1, "h");
            if (codec.Shape(pair.Item2).Value is not { } shaped)
            {
                return;
            }

            Assert.Same(shaped, codec.Shape(shaped).Value);
        },
        Print);

    [Fact]
    public void Shape_RefusedRecord_NamesAFieldOfIt() => Property.Holds(
        Gen.Select(MappingGen.Mapping, MappingGen.Record),
        pair =>
        {
            var shaped = new MappedCodec(pair.Item1, "h").Shape(pair.Item2);
            if (shaped.Refusal is not { } refusal)
            {
                return;
            }

            Assert.True(JsonPointers.TryParse(refusal.Pointer, out var segments));
            Assert.True(segments.Count == 0 ? !pair.Item2.IsObject : pair.Item2.TryGetField(segments[0], out _));
        },
        Print);

    [Fact]
    public void Encode_AnyRecord_GivesEveryCellAColumnOfItsOwn() => Property.Holds(
        Gen.Select(MappingGen.Mapping, MappingGen.Record),
        pair =>
        {
            var codec = new MappedCodec(pair.Item1, "h");
            if (codec.Shape(pair.Item2).Value is not { } shaped)
            {
                return;
            }

            var cells = codec.Encode(shaped);

            Assert.Equal(cells.Count, cells.Select(cell => cell.Column).Distinct().Count());
            Assert.All(cells, cell => Assert.Equal(cell.Column, codec.ColumnOf(cell.Qualifier)));
            Assert.Equal(cells.Select(cell => cell.Column).Order(StringComparer.Ordinal), cells.Select(cell => cell.Column));
        },
        Print);

    [Fact]
    public void Decode_WhateverAJobWrote_IsReadOrNamed() => Property.Holds(
        Gen.Select(MappingGen.Mapping, MappingGen.Cell.Array[24]),
        pair =>
        {
            var codec = new MappedCodec(pair.Item1, "h");
            var columns = codec.NamedColumns.Concat(["d:free", "d:~20", "d:%", "d:", "d:~.x", "q:z"]).Concat(pair.Item1.Fields.Keys.Select(name => "d:" + Qualifiers.Encode(name))).Where(codec.Owns).Distinct()
                .Select((column, i) => KeyValuePair.Create(column, (ReadOnlyMemory<byte>)pair.Item2[i])).ToList();

            var decoded = codec.Decode(columns);

            var reread = codec.Shape(decoded.Value);
            Assert.Null(reread.Refusal);
            Assert.Same(decoded.Value, reread.Value);
            Assert.All(columns, column => Assert.True(
                codec.Encode(decoded.Value).Any(cell => cell.Column == column.Key) || decoded.Unreadable.Any(cell => cell.Column == column.Key)));
        },
        pair => Print((pair.Item1, RecordValue.Empty)));

    private static List<KeyValuePair<string, ReadOnlyMemory<byte>>> Columns(IReadOnlyList<FieldCell> cells) =>
        [.. cells.Select(cell => KeyValuePair.Create(cell.Column, cell.Value))];

    private static string Print((StoreMapping Mapping, RecordValue Record) pair) =>
        Encoding.UTF8.GetString(MappingJson.Write(pair.Mapping).Span) + " " + Encoding.UTF8.GetString(pair.Record.Json.Span);
}
