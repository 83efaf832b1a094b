using System.Buffers;
using System.Text.Json;
using MyriadSync.Contracts;
using MyriadSync.Contracts.Keys;

namespace MyriadSync.ChangeLog;

/// <summary>
/// The outcomes of a commit, before compression: a JSON array in client seq order. <c>d</c> digest, <c>o</c> outcome, <c>r</c> rev,
/// <c>s</c>/<c>k</c> record, <c>p</c> pointer, <c>w</c> reason, <c>t</c> detail, <c>i</c> poison id, <c>c</c> conflict id, <c>b</c> parked change.
/// </summary>
internal static class OutcomesCodec
{
    public static byte[] Encode(IReadOnlyList<StoredOutcome> outcomes)
    {
        var buffer = new ArrayBufferWriter<byte>(outcomes.Count * 64);
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true }))
        {
            json.WriteStartArray();
            foreach (var outcome in outcomes)
            {
                Write(json, outcome);
            }

            json.WriteEndArray();
        }

        return PayloadCodec.Compress(buffer.WrittenSpan);
    }

    public static List<StoredOutcome> Decode(ReadOnlyMemory<byte> compressed, long firstSeq)
    {
        var plain = PayloadCodec.Decompress(compressed);
        using var document = JsonDocument.Parse(plain);
        var outcomes = new List<StoredOutcome>(document.RootElement.GetArrayLength());
        foreach (var element in document.RootElement.EnumerateArray())
        {
            outcomes.Add(Read(element, firstSeq + outcomes.Count));
        }

        return outcomes;
    }

    private static void Write(Utf8JsonWriter json, StoredOutcome outcome)
    {
        json.WriteStartObject();
        json.WriteBase64String("d"u8, outcome.Digest.Span);
        json.WriteNumber("o"u8, (int)outcome.Outcome);
        json.WriteNumber("r"u8, outcome.Rev);
        if (outcome.Record is { } record)
        {
            json.WriteString("s"u8, record.Store);
            json.WriteString("k"u8, record.Key.Encoded);
        }

        WriteText(json, "p"u8, outcome.Pointer);
        WriteText(json, "w"u8, outcome.Reason);
        WriteText(json, "t"u8, outcome.Detail);
        WriteText(json, "i"u8, outcome.PoisonId);
        WriteText(json, "c"u8, outcome.ConflictId);
        if (outcome.Parked is { } parked)
        {
            json.WriteBase64String("b"u8, parked.Span);
        }

        json.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter json, ReadOnlySpan<byte> member, string? text)
    {
        if (text is not null)
        {
            json.WriteString(member, text);
        }
    }

    private static StoredOutcome Read(JsonElement element, long seq) => new()
    {
        Seq = seq,
        Digest = element.GetProperty("d").GetBytesFromBase64(),
        Outcome = (Outcome)element.GetProperty("o").GetInt32(),
        Rev = element.GetProperty("r").GetInt64(),
        Record = Text(element, "k") is { } key && RecordKey.TryDecode(key, out var decoded) ? new RecordId(Text(element, "s")!, decoded) : null,
        Pointer = Text(element, "p"),
        Reason = Text(element, "w"),
        Detail = Text(element, "t"),
        PoisonId = Text(element, "i"),
        ConflictId = Text(element, "c"),
        // Not from an array that is null: as memory that would be an empty item, and no longer none.
        Parked = element.TryGetProperty("b", out var parked) ? (ReadOnlyMemory<byte>?)parked.GetBytesFromBase64() : null,
    };

    private static string? Text(JsonElement element, string member) => element.TryGetProperty(member, out var text) ? text.GetString() : null;
}
