using System.Buffers;
using System.Text;
using System.Text.Json;
using MyriadSync.Contracts;
using MyriadSync.Contracts.Keys;
using MyriadSync.Contracts.Values;

namespace MyriadSync.UnitTests.Contracts;

/// <summary>Reads keys and values as they come: in the middle of a document, after which reading must go on behind them, refused or not.</summary>
internal static class WireDocument
{
    private delegate bool Reading<T>(ref Utf8JsonReader reader, out T? result, out Refusal? refusal);

    public static bool TryReadKey(string json, out RecordKey key, out Refusal? refusal) => TryReadKey(Encoding.UTF8.GetBytes(json), out key, out refusal);

    public static bool TryReadKey(ReadOnlySpan<byte> json, out RecordKey key, out Refusal? refusal) => TryRead(json, RecordKey.TryRead, out key, out refusal);

    public static RecordKey Key(string json)
    {
        Assert.True(TryReadKey(json, out var key, out var refusal), refusal?.ToString());
        return key;
    }

    public static string KeyJson(RecordKey key)
    {
        var output = new ArrayBufferWriter<byte>();
        key.WriteJson(output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    public static bool TryReadValue(string json, ValueLimits limits, out RecordValue? value, out Refusal? refusal) =>
        TryReadValue(Encoding.UTF8.GetBytes(json), limits, out value, out refusal);

    public static bool TryReadValue(ReadOnlySpan<byte> json, ValueLimits limits, out RecordValue? value, out Refusal? refusal) =>
        TryRead(
            json,
            (ref Utf8JsonReader reader, out RecordValue? result, out Refusal? why) => RecordValue.TryRead(ref reader, limits, out result, out why),
            out value,
            out refusal);

    public static RecordValue Value(string json)
    {
        Assert.True(TryReadValue(json, ValueLimits.Default, out var value, out var refusal), refusal?.ToString());
        return value!;
    }

    public static string Text(ReadOnlyMemory<byte> json) => Encoding.UTF8.GetString(json.Span);

    public static ReadOnlyMemory<byte> Canonical(string json)
    {
        Assert.True(CanonicalJson.TryRead(Encoding.UTF8.GetBytes(json), ValueLimits.Default, out var canonical, out var refusal), refusal?.ToString());
        return canonical;
    }

    // Once from one piece of memory and once from many, as a request's body may come; both must agree.
    private static bool TryRead<T>(ReadOnlySpan<byte> json, Reading<T> reading, out T? result, out Refusal? refusal)
    {
        byte[] document = [.. "[0,"u8, .. json, .. ",\"next\"]"u8];
        var whole = new Utf8JsonReader(document, CanonicalJson.ReaderOptions);
        var read = ReadElement(ref whole, reading, out result, out refusal);
        var pieces = new Utf8JsonReader(Pieces.Of(document, length: 3), CanonicalJson.ReaderOptions);
        Assert.Equal(read, ReadElement(ref pieces, reading, out var again, out var refusedAgain));
        Assert.Equal(result, again);
        Assert.Equal(refusal, refusedAgain);
        return read;
    }

    private static bool ReadElement<T>(ref Utf8JsonReader reader, Reading<T> reading, out T? result, out Refusal? refusal)
    {
        for (var token = 0; token < 3; token++) CanonicalJson.Next(ref reader);
        var read = reading(ref reader, out result, out refusal);
        CanonicalJson.Next(ref reader);
        Assert.Equal(1, reader.CurrentDepth);
        Assert.True(reader.ValueTextEquals("next"u8));
        Assert.Equal(read, refusal is null);
        return read;
    }
}
