using System.Buffers;
using System.Text;
using System.Text.Json;
using MyriadSync.Contracts;
using MyriadSync.Contracts.Keys;
using MyriadSync.Contracts.Values;

namespace MyriadSync.IntegrationTests.Support;

/// <summary>Keys and records as tests name them.</summary>
internal static class Keys
{
    /// <summary>The key that is a text.</summary>
    public static RecordKey Of(string text)
    {
        var reader = new Utf8JsonReader(JsonSerializer.SerializeToUtf8Bytes(text));
        reader.Read();
        Assert.True(RecordKey.TryRead(ref reader, out var key, out _));
        return key;
    }

    /// <summary>The record of that key.</summary>
    public static RecordId Record(string text, string store = "todos") => new(store, Of(text));

    /// <summary>Its row on the cluster.</summary>
    public static string Row(string dataset, string text, string store = "todos") => RowKeys.Compose(dataset, store, Of(text));

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
