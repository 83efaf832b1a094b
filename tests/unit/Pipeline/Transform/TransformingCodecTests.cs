using MyriadSync.Contracts.Stores;
using MyriadSync.Contracts.Values;
using MyriadSync.Pipeline.Transform;
using MyriadSync.UnitTests.Pipeline.Resolve;

namespace MyriadSync.UnitTests.Pipeline.Transform;

public sealed class TransformingCodecTests
{
    private static readonly StoreMapping Mapping = new()
    {
        Fields = new Dictionary<string, FieldMapping> { ["cents"] = new() { Column = "d:cents", Encoding = CellEncoding.Int64 } },
        Others = OtherFields.Drop,
        Transformer = "t",
    };

    [Fact]
    public void Shape_RecordThatTheTransformerKnows_ReadsBackThroughIt()
    {
        var codec = Codec(value => With(value, "cents", Field(value, "price") + "00"), value => With(value, "price", Field(value, "cents")[..^2]));

        var shaped = codec.Shape(Build.Value("""{"note":1,"price":7}"""));

        Assert.Equal(Build.Value("""{"price":7}"""), shaped.Value);
        Assert.Equal("00000000000002BC", Convert.ToHexString(codec.Encode(shaped.Value!)[0].Value.Span));
        Assert.Equal(shaped.Value, codec.Decode([.. codec.Encode(shaped.Value!).Select(cell => KeyValuePair.Create(cell.Column, cell.Value))]).Value);
    }

    [Fact]
    public void Shape_FailingTransformer_IsAFailureOfItsOwn()
    {
        var codec = Codec(_ => throw new InvalidOperationException("no"), value => value);

        var shaped = codec.Shape(Build.Value("{}"));

        Assert.Equal((StoreCodec.TransformFailed, true), (shaped.Refusal!.Reason, shaped.Failed));
    }

    [Fact]
    public void Shape_TransformerThatDrifts_IsAFailure()
    {
        var codec = Codec(value => value, value => With(value, "cents", Field(value, "cents") + "1"));

        var shaped = codec.Shape(Build.Value("""{"cents":1}"""));

        Assert.True(shaped.Failed);
    }

    [Fact]
    public void Shape_ResultOutsideTheMapping_IsARefusal()
    {
        var codec = Codec(value => With(value, "cents", "true"), value => value);

        var shaped = codec.Shape(Build.Value("{}"));

        Assert.Equal((StoreCodec.OutOfDomain, false), (shaped.Refusal!.Reason, shaped.Failed));
    }

    [Fact]
    public void Decode_FailingTransformer_ParksTheRow()
    {
        var codec = Codec(value => value, _ => throw new InvalidOperationException("no"));

        var decoded = codec.Decode([]);

        Assert.Equal(BadCell.Poison, Assert.Single(decoded.Unreadable).Then);
    }

    private static TransformingCodec Codec(Func<RecordValue, RecordValue> toCluster, Func<RecordValue, RecordValue> toClient) =>
        new("s", new MappedCodec(Mapping, "h"), new Lambdas(toCluster, toClient));

    private static RecordValue With(RecordValue value, string name, string json) => RecordValue.Empty.With(name, System.Text.Encoding.UTF8.GetBytes(value.IsObject ? json : "0"));

    private static string Field(RecordValue value, string name) => value.TryGetField(name, out var json) ? System.Text.Encoding.UTF8.GetString(json.Span) : "100";

    private sealed class Lambdas(Func<RecordValue, RecordValue> toCluster, Func<RecordValue, RecordValue> toClient) : IChangeTransformer
    {
        public RecordValue ToCluster(string store, RecordValue value) => toCluster(value);

        public RecordValue ToClient(string store, RecordValue value) => toClient(value);
    }
}
