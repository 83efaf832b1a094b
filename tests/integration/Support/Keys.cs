using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MyriadSync.Contracts;
using MyriadSync.Contracts.Keys;
using MyriadSync.Contracts.Values;

namespace MyriadSync.IntegrationTests.Support;

/// <summary>Keys and records as tests name them.</summary>
internal static class Keys
{
    /// <summary>The key that a text, a number or any other JSON is.</summary>
    public static RecordKey Of(JsonNode json)
    {
        var reader = new Utf8JsonReader(JsonSerializer.SerializeToUtf8Bytes(json));
        reader.Read();
        Assert.True(RecordKey.TryRead(ref reader, out var key, out _));
        return key;
    }

    /// <summary>The record of that key.</summary>
    public static RecordId Record(JsonNode key, string store = "todos") => new(store, Of(key));

    /// <summary>Its row on the cluster.</summary>
    public static string Row(string dataset, JsonNode key, string store = "todos") => RowKeys.Compose(dataset, store, Of(key));

    /// <summary>A key as it is on the wire.</summary>
    public static string Json(RecordKey key)
    {
        var bytes = new ArrayBufferWriter<byte>();
        key.WriteJson(bytes);
        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }

    /// <summary>A value as it is on the wire.</summary>
    public static string Json(RecordValue value) => Encoding.UTF8.GetString(value.Json.Span);
}
