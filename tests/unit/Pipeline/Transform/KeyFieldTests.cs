using System.Text;
using Microsoft.Extensions.Options;
using MyriadSync.Contracts;
using MyriadSync.Contracts.Stores;
using MyriadSync.Contracts.Tables;
using MyriadSync.Contracts.Values;
using MyriadSync.Pipeline.Transform;
using MyriadSync.Pipeline.Transform.Migrations;
using MyriadSync.UnitTests.Contracts.Tables;

namespace MyriadSync.UnitTests.Pipeline.Transform;

/// <summary>Fields that a table which was there before us has in its row keys alone.</summary>
public sealed class KeyFieldTests
{
    private static readonly StoreMapping Mapping = new()
    {
        Fields = new Dictionary<string, FieldMapping> { ["name"] = new() { Column = "cf:name" } },
        Others = OtherFields.Reject,
        KeyFields = new Dictionary<string, int> { ["region"] = 0, ["id"] = 1 },
    };

    private static readonly StoreDefinition Store = new() { Name = "s", KeyPath = new KeyPath(["region", "id"], IsCompound: true), Mapping = Mapping };

    [Theory]
    [InlineData("""{"region":"eu","id":7,"name":"x"}""", null)]
    [InlineData("""{"region":"us","id":7}""", "/value/region")]
    [InlineData("""{"region":"eu","id":"7"}""", "/value/id")]
    [InlineData("""{"region":"eu"}""", "/value/id")]
    public void Check_Put_HoldsItsFieldsToTheKey(string value, string? pointer)
    {
        var refusal = KeyPathRule.Check(Store, Put(value));

        Assert.Equal(pointer, refusal?.Pointer);
    }

    [Theory]
    [InlineData("/name", "1", false)]
    [InlineData("/id", "7", false)]
    [InlineData("/id", "8", true)]
    [InlineData("/region/x", "8", true)]
    [InlineData("/regional", "8", false)]
    public void Check_PatchThatSets_MayOnlySayWhatTheKeySays(string pointer, string json, bool refused)
    {
        var refusal = Patch(new PatchBody { Set = [new(pointer, Encoding.UTF8.GetBytes(json))] });

        Assert.Equal(refused ? RefusalReasons.KeyMismatch : null, refusal?.Reason);
    }

    [Fact]
    public void Check_PatchThatTakesAwayOrCounts_IsRefused()
    {
        Assert.NotNull(Patch(new PatchBody { Unset = ["/region"] }));
        Assert.NotNull(Patch(new PatchBody { Inc = [new("/id", "1"u8.ToArray())] }));
        Assert.Null(Patch(new PatchBody { Unset = ["/name"] }));
    }

    [Fact]
    public void Transform_ChangeOfAnOlderVersion_IsHeldToTheKeyAfterItsMigration()
    {
        var store = Store with
        {
            Table = new ExistingTable { Name = "t", Keys = new TemplateRowKeys("", [new("region", 0, false, "|"), new("id", 1, true, "")]), Dataset = "d", SyncFamily = "s" },
            Migrations = [new StoreMigration { To = 2, Steps = [new RenameStep("/area", "/region")] }],
        };
        var options = new StoreOptions { SchemaVersion = 2 };
        var catalog = new StoreCatalog([store], Options.Create(options));
        Change[] changes = [Put("""{"area":"eu","id":7}"""), Put("""{"area":"us","id":7}""")];
        var batch = new Batch { SchemaVersion = 1, ClientId = "c1", BatchId = "b1", BodyHash = "", Changes = changes };

        var transformed = new ChangeTransformer(catalog, new StoreMigrator(catalog, options, [])).Transform("d", batch, roles: null);

        Assert.Equal([null, ("key-mismatch", "/changes/1/value/region")], transformed.Changes.Select(change => change.Refusal is { } refusal ? (refusal.Reason, refusal.Pointer) : default((string, string)?)));
    }

    [Fact]
    public void WithKey_RecordWithoutThem_HasTheKeysFields()
    {
        var codec = new MappedCodec(Mapping, "hash");

        var value = codec.WithKey(Value("""{"name":"x"}"""), RowKeyCodecTests.Key("""["eu",7]"""));
        var shaped = codec.Shape(value);

        Assert.Equal("""{"id":7,"name":"x","region":"eu"}""", Encoding.UTF8.GetString(value.Json.Span));
        Assert.Same(value, shaped.Value);
        Assert.Equal("cf:name", Assert.Single(codec.Encode(value)).Column);
    }

    private static Refusal? Patch(PatchBody patch) =>
        KeyPathRule.Check(Store, new Change { Seq = 1, Digest = default, Store = "s", Key = RowKeyCodecTests.Key("""["eu",7]"""), Op = ChangeOp.Patch, Patch = patch });

    private static Change Put(string value) =>
        new() { Seq = 1, Digest = default, Store = "s", Key = RowKeyCodecTests.Key("""["eu",7]"""), Op = ChangeOp.Put, Value = Value(value) };

    private static RecordValue Value(string json)
    {
        var reader = new System.Text.Json.Utf8JsonReader(Encoding.UTF8.GetBytes(json));
        reader.Read();
        Assert.True(RecordValue.TryRead(ref reader, ValueLimits.Default, out var value, out _));
        return value!;
    }
}
