using System.Buffers;
using System.Text;
using System.Text.Json;
using CsCheck;
using MyriadSync.Contracts.Keys;
using MyriadSync.Contracts.Values;

namespace MyriadSync.UnitTests.Contracts.Values;

public sealed class ValuePropertyTests
{
    [Fact]
    public void Json_AnyTwoSpellingsOfAValue_AreTheSameBytes()
    {
        Property.Holds(Gen.Select(ModelValue.Any, Gen.Int, Gen.Int), written =>
        {
            var (model, left, right) = written;

            var value = WireDocument.Value(model.ToJson(left));

            Assert.Equal(value, WireDocument.Value(model.ToJson(right)));
            Assert.Equal(WireDocument.Text(value.Json), WireDocument.Text(WireDocument.Canonical(model.ToJson(right))));
        });
    }

    [Fact]
    public void Json_AnyValue_IsItsOwnCanonicalForm()
    {
        Property.Holds(ModelValue.Any, model =>
        {
            var value = WireDocument.Value(model.ToJson(style: 1));

            Assert.Equal(WireDocument.Text(value.Json), WireDocument.Text(WireDocument.Value(WireDocument.Text(value.Json)).Json));
            Assert.Equal(value.Size, value.Json.Length);
        });
    }

    [Fact]
    public void FromFields_FieldsOfAnyObject_JoinToTheSameValue()
    {
        Property.Holds(Gen.Select(ModelValue.AnyObject, Gen.Int), written =>
        {
            var value = WireDocument.Value(written.Item1.ToJson(written.Item2));

            var joined = RecordValue.FromFields(value.Fields.Reverse());

            Assert.True(value.IsObject);
            Assert.Equal(WireDocument.Text(value.Json), WireDocument.Text(joined.Json));
            Assert.Equal(value, joined);
            Assert.Equal(value.GetHashCode(), joined.GetHashCode());
            Assert.Equal(value.Fields.Select(field => field.Name).Order(StringComparer.Ordinal), value.Fields.Select(field => field.Name));
            Assert.All(value.Fields, field =>
            {
                Assert.True(joined.TryGetField(field.Name, out var json));
                Assert.True(json.Span.SequenceEqual(field.Json.Span));
                Assert.Equal(value, value.Without(field.Name).With(field.Name, json));
            });
        });
    }

    [Fact]
    public void WriteJson_AnyValue_ReadsBackFromEachField()
    {
        Property.Holds(ModelValue.AnyObject, model =>
        {
            var value = WireDocument.Value(model.ToJson(style: 0));
            var output = new ArrayBufferWriter<byte>();

            value.WriteJson(output);

            Assert.True(output.WrittenSpan.SequenceEqual(value.Json.Span));
            Assert.All(value.Fields, field =>
            {
                var json = WireDocument.Text(field.Json);
                Assert.Equal(json, WireDocument.Text(WireDocument.Canonical(json)));
            });
        });
    }

    [Fact]
    public void TryRead_AnyAlteredDocument_IsTakenRefusedOrNoJson()
    {
        var documents = Gen.Select(ModelValue.Any, Gen.Int, Gen.Int[0, 10000], Gen.Byte, Gen.Int[0, 2]);

        Property.Holds(documents, altered =>
        {
            var (model, style, at, value, kind) = altered;
            var bytes = Encoding.UTF8.GetBytes(model.ToJson(style)).ToList();
            at %= bytes.Count;
            if (kind == 0) bytes[at] = value;
            else if (kind == 1) bytes.RemoveAt(at);
            else bytes.Insert(at, value);

            AssertTakenRefusedOrNoJson([.. bytes]);
        });
    }

    [Fact]
    public void TryRead_AnySoupOfTokens_IsTakenRefusedOrNoJson()
    {
        string[] tokens =
        [
            "{", "}", "[", "]", ",", ":", "\"\"", "\"a\"", "\"$date\"",
            "\"$map\"", "\"$set\"", "\"$object\"", "\"$number\"", "\"NaN\"", "\"$bigint\"", "\"12\"",
            "\"\\ud800\"", "\"\xff\"", "1", "-0", "1e400", "0.5", "null", "true", "{\"$set\":[", "]}", "{\"$map\":[[", "]]}", "{\"a\":", "{\"$object\":{", " ",
        ];

        Property.Holds(Gen.OneOf(tokens).Array[1, 12], soup => AssertTakenRefusedOrNoJson(Encoding.Latin1.GetBytes(string.Concat(soup))));
    }

    [Fact]
    public void TryRead_AnyBytes_AreTakenRefusedOrNoJson() =>
        Property.Holds(
            Gen.OneOf(Gen.Byte.Array[0, 20], Gen.Byte.Array[0, 20].Select(text => (byte[])[(byte)'"', .. text, (byte)'"'])), AssertTakenRefusedOrNoJson);

    private static void AssertTakenRefusedOrNoJson(byte[] document)
    {
        try
        {
            var taken = CanonicalJson.TryRead(document, ValueLimits.Default, out var json, out var refusal);
            Assert.Equal(taken, refusal is null);
            if (taken) Assert.Equal(json!, WireDocument.Canonical(Encoding.UTF8.GetString(json!)).ToArray());

            var reader = new Utf8JsonReader(document, CanonicalJson.ReaderOptions);
            reader.Read();
            if (RecordKey.TryRead(ref reader, out var key, out _)) Assert.Equal(key, WireDocument.Key(WireDocument.KeyJson(key)));
        }
        catch (JsonException broken)
        {
            Assert.NotEmpty(broken.Message);
        }
    }
}
