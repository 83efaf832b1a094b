using System.Text;
using Microsoft.Extensions.Options;
using MyriadSync.Contracts;
using MyriadSync.Contracts.Keys;
using MyriadSync.Contracts.Stores;
using MyriadSync.Contracts.Values;
using MyriadSync.Myriad;
using MyriadSync.Myriad.Records;
using MyriadSync.Orchestration.Remap;
using MyriadSync.Pipeline.Transform;
using MyriadSync.Pipeline.Transform.Migrations;
using MyriadSync.UnitTests.Contracts.Tables;

namespace MyriadSync.UnitTests.Orchestration.Remap;

/// <summary>A changed mapping over a table that others made.</summary>
public sealed class RereadTests
{
    private static readonly MappedCodec From = Codec(("name", "cf:name"));

    [Fact]
    public void Reread_RecordWithAnotherColumnMapped_IsToldAndNotMoved()
    {
        var row = Row("7", "tea", ("cf:price", "3"));

        var page = RemapPage.Reread([row], From, Codec(("name", "cf:name"), ("price", "cf:price")), Versions());

        Assert.Empty(page.Moves);
        var told = Assert.Single(page.Changed);
        Assert.Equal("""{"name":"tea","price":3}""", Encoding.UTF8.GetString(told.Value!.Json.Span));
        Assert.Equal(("remap", 0), (told.Cause, told.Changed!.Count));
    }

    [Fact]
    public void Reread_RecordThatReadsAsBefore_IsLeftAlone()
    {
        var to = new MappedCodec(Mapping(("name", "cf:name")) with { KeyFields = new Dictionary<string, int> { ["id"] = -1 } }, "to");

        var page = RemapPage.Reread([Row("7", "tea")], From, to, Versions());

        Assert.Empty(page.Changed);
    }

    [Fact]
    public void Reread_WorkOfAJobThatIsNotTakenOver_IsLeftToTheScan()
    {
        var row = Row("7", "tea");

        var page = RemapPage.Reread(
            [row with { Cells = [.. row.Cells.Where(cell => cell.Column != "cf:name"), new Cell("cf:name", 900, "\"milk\""u8.ToArray())] }],
            From,
            Codec(("name", "cf:name"), ("price", "cf:price")),
            Versions());

        Assert.Empty(page.Changed);
    }

    private static Row Row(string key, string name, params (string Column, string Json)[] foreign)
    {
        var rowKey = RowKeys.Compose("shop", "goods", RowKeyCodecTests.Key(key));
        var entry = new LogEntry
        {
            Rev = 3,
            Store = "goods",
            Key = RowKeyCodecTests.Key(key),
            Value = RecordValue.FromFields([new RecordField("name", Encoding.UTF8.GetBytes($"\"{name}\""))]),
            At = HybridTime.FromMilliseconds(500, "c1").ToString(),
            By = "c1",
            Clocks = FieldClocks.None,
        };
        var put = RecordRows.Put(rowKey, entry, 500, whole: true, From);
        return new Row(rowKey, [.. put.Cells, .. foreign.Select(cell => new Cell(cell.Column, 400, Encoding.UTF8.GetBytes(cell.Json)))]);
    }

    private static MappedCodec Codec(params (string Name, string Column)[] fields) => new(Mapping(fields), "hash");

    private static StoreMapping Mapping(params (string Name, string Column)[] fields) => new()
    {
        Fields = fields.ToDictionary(field => field.Name, field => new FieldMapping { Column = field.Column }),
        Others = OtherFields.Reject,
    };

    private static StoreMigrator Versions() => new(new StoreCatalog([], Options.Create(new StoreOptions())), new StoreOptions(), []);
}
