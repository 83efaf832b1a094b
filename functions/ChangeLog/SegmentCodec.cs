using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using MyriadSync.Contracts;
using MyriadSync.Contracts.Keys;
using MyriadSync.Contracts.Values;

namespace MyriadSync.ChangeLog;

/// <summary>
/// A segment's payload, before compression: a JSON array of entries with one-letter members, because a million of them are kept.
/// <c>s</c> store, <c>k</c> encoded key, <c>v</c> value (none: a tombstone), <c>c</c> changed columns (none: all), <c>x</c> removed columns,
/// <c>a</c> hybrid time, <c>b</c> by (none: the segment's client), <c>q</c> cause, <c>t</c> default clock (none: this commit), <c>f</c> other clocks,
/// <c>e</c> tags of sets' elements, <c>j</c> newest timestamp of a job's writes that the entry settles (none: 0).
/// </summary>
internal static class SegmentCodec
{
    private static readonly JsonWriterOptions Options = new() { SkipValidation = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Encode(IReadOnlyList<LogEntry> entries, int from, int count, long commitTs, string clientId)
    {
        var buffer = new ArrayBufferWriter<byte>(count * 256);
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            var value = new ArrayBufferWriter<byte>(1024);
            json.WriteStartArray();
            for (var i = from; i < from + count; i++)
            {
                Write(json, entries[i], commitTs, clientId, value);
            }

            json.WriteEndArray();
        }

        return PayloadCodec.Compress(buffer.WrittenSpan);
    }

    public static List<LogEntry> Decode(ReadOnlyMemory<byte> compressed, long first, int count, long commitTs, string clientId)
    {
        var plain = PayloadCodec.Decompress(compressed);
        var entries = new List<LogEntry>(count);
        var reader = new Utf8JsonReader(plain.Span, CanonicalJson.ReaderOptions);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            entries.Add(Read(ref reader, plain, first + entries.Count, commitTs, clientId, entries.Count > 0 ? entries[^1].Store : ""));
        }

        return entries.Count == count ? entries : throw new InvalidDataException($"A segment from {first} holds {entries.Count} entries and says {count}.");
    }

    private static void Write(Utf8JsonWriter json, LogEntry entry, long commitTs, string clientId, ArrayBufferWriter<byte> value)
    {
        json.WriteStartObject();
        json.WriteString("s"u8, entry.Store);
        json.WriteString("k"u8, entry.Key.Encoded);
        if (entry.Value is not null)
        {
            value.ResetWrittenCount();
            entry.Value.WriteJson(value);
            json.WritePropertyName("v"u8);
            json.WriteRawValue(value.WrittenSpan, skipInputValidation: true);
        }

        if (entry.Changed is not null)
        {
            WriteNames(json, "c"u8, entry.Changed);
        }

        if (entry.Removed.Count > 0)
        {
            WriteNames(json, "x"u8, entry.Removed);
        }

        json.WriteString("a"u8, entry.At);
        if (entry.By != clientId)
        {
            json.WriteString("b"u8, entry.By);
        }

        if (entry.Cause is not null)
        {
            json.WriteString("q"u8, entry.Cause);
        }

        if (entry.Clocks.Default != new FieldClock(commitTs, entry.At, entry.Rev))
        {
            json.WritePropertyName("t"u8);
            ClockJson.Write(json, entry.Clocks.Default);
        }

        if (entry.Clocks.Columns.Count > 0)
        {
            json.WritePropertyName("f"u8);
            ClockJson.Write(json, entry.Clocks.Columns);
        }

        if (entry.Clocks.Elements.Count > 0)
        {
            json.WritePropertyName("e"u8);
            ClockJson.Write(json, entry.Clocks.Elements);
        }

        if (entry.Judged > 0)
        {
            json.WriteNumber("j"u8, entry.Judged);
        }

        json.WriteEndObject();
    }

    private static void WriteNames(Utf8JsonWriter json, ReadOnlySpan<byte> member, IReadOnlyList<string> names)
    {
        json.WriteStartArray(member);
        foreach (var name in names)
        {
            json.WriteStringValue(name);
        }

        json.WriteEndArray();
    }

    private static LogEntry Read(ref Utf8JsonReader reader, ReadOnlyMemory<byte> plain, long rev, long commitTs, string clientId, string lastStore)
    {
        string store = "", at = "";
        string? by = null, cause = null;
        RecordKey key = default!;
        RecordValue? value = null;
        List<string>? changed = null, removed = null;
        FieldClock? @default = null;
        var judged = 0L;
        IReadOnlyDictionary<string, FieldClock>? columns = null;
        IReadOnlyDictionary<string, IReadOnlyDictionary<string, ElementTag>>? elements = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var member = (char)reader.ValueSpan[0];
            reader.Read();
            switch (member)
            {
                case 's': store = reader.ValueTextEquals(lastStore) ? lastStore : reader.GetString()!; break;
                case 'k': key = RecordKey.TryDecode(reader.GetString(), out var decoded) ? decoded : throw new InvalidDataException("A stored key cannot be read."); break;
                case 'v':
                    var start = (int)reader.TokenStartIndex;
                    reader.Skip();
                    value = RecordValue.FromCanonical(plain[start..(int)reader.BytesConsumed]);
                    break;
                case 'c': changed = ReadNames(ref reader); break;
                case 'x': removed = ReadNames(ref reader); break;
                case 'a': at = reader.GetString()!; break;
                case 'b': by = reader.GetString(); break;
                case 'q': cause = reader.GetString(); break;
                case 't': @default = ClockJson.Read(ref reader); break;
                case 'f': columns = ClockJson.ReadColumns(ref reader); break;
                case 'e': elements = ClockJson.ReadElements(ref reader); break;
                case 'j': judged = reader.GetInt64(); break;
                default: throw new InvalidDataException($"A stored entry has an unknown member '{member}'.");
            }
        }

        var clocks = new FieldClocks { Default = @default ?? new FieldClock(commitTs, at, rev) };
        clocks = columns is null ? clocks : clocks with { Columns = columns };
        return new LogEntry
        {
            Rev = rev,
            Store = store,
            Key = key,
            Value = value,
            Changed = changed,
            Removed = removed ?? (IReadOnlyList<string>)[],
            At = at,
            By = by ?? clientId,
            Cause = cause,
            Clocks = elements is null ? clocks : clocks with { Elements = elements },
            Judged = judged,
        };
    }

    private static List<string> ReadNames(ref Utf8JsonReader reader)
    {
        var names = new List<string>();
        while (reader.Read() && reader.TokenType == JsonTokenType.String)
        {
            names.Add(reader.GetString()!);
        }

        return names;
    }
}
