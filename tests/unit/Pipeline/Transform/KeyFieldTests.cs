using System.Text;
using MyriadSync.Contracts;
using MyriadSync.Contracts.Stores;
using MyriadSync.Contracts.Values;
using MyriadSync.Pipeline.Transform;
using MyriadSync.UnitTests.Contracts.Tables;

namespace MyriadSync.UnitTests.Pipeline.Transform;

public sealed class KeyFieldCheckTests
{
    private static readonly StoreMapping Mapping = new()
    {
        Fields = new Dictionary<string, FieldMapping> { ["name"] = new() { Column = "cf:name" } },
        Others = OtherFields.Reject,
        KeyFields = new Dictionary<string, int> { ["region"] = 0, ["id"] = 1 },
    };

    [Theory]
    [InlineData("""{"region":"eu","id":7,"name":"x"}""", null)]
    [InlineData("""{"region":"us","id":7}""", "/value/region")]
    [InlineData("""{"region":"eu","id":"7"}""", "/value/id")]
    [InlineData("""{"region":"eu"}""", "/value/id")]
    public void Run_Put_HoldsItsFieldsToTheKey(string value, string? pointer)
    {
        var refusal = KeyFieldCheck.Run(Mapping, new Change { Seq = 1, Digest = default, Store = "s", Key = RowKeyCodecTests.Key("""["eu",7]"""), Op = ChangeOp.Put, Value = Value(value) });

        Assert.Equal(pointer, refusal?.Pointer);
    }

    [Theory]
    [InlineData("/name", "1", false)]
    [InlineData("/id", "7", false)]
    [InlineData("/id", "8", true)]
    [InlineData("/region/x", "8", true)]
    [InlineData("/regional", "8", false)]
    public void Run_PatchThatSets_MayOnlySayWhatTheKeySays(string pointer, string json, bool refused)
    {
        var refusal = Patch(new PatchBody { Set = [new(pointer, Encoding.UTF8.GetBytes(json))] });

        Assert.Equal(refused ? RefusalReasons.KeyMismatch : null, refusal?.Reason);
    }

    [Fact]
    public void Run_PatchThatTakesAwayOrCounts_IsRefused()
    {
        Assert.NotNull(Patch(new PatchBody { Unset = ["/region"] }));
        Assert.NotNull(Patch(new PatchBody { Inc = [new("/id", "1"u8.ToArray())] }));
        Assert.Null(Patch(new PatchBody { Unset = ["/name"] }));
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
        KeyFieldCheck.Run(Mapping, new Change { Seq = 1, Digest = default, Store = "s", Key = RowKeyCodecTests.Key("""["eu",7]"""), Op = ChangeOp.Patch, Patch = patch });

    private static RecordValue Value(string json)
    {
        var reader = new System.Text.Json.Utf8JsonReader(Encoding.UTF8.GetBytes(json));
        reader.Read();
        Assert.True(RecordValue.TryRead(ref reader, ValueLimits.Default, out var value, out _));
        return value!;
    }
}
