using System.Buffers;
using System.Text.Json;
using MyriadSync.Conflicts;
using MyriadSync.Contracts;
using MyriadSync.Contracts.Wire;

namespace MyriadSync.Triggers.Http;

/// <summary>Conflicts on the wire.</summary>
internal static class ConflictJsonWriter
{
    /// <summary>A conflict without its sides, as members of the object that is open.</summary>
    public static void WriteConflict(this Utf8JsonWriter json, ConflictEntry entry)
    {
        json.WriteString("conflictId"u8, entry.ConflictId);
        json.WriteString("state"u8, ConflictRows.Name(entry.State));
        json.WriteId(entry.Record.Store, entry.Record.Key);
        json.WriteString("clientId"u8, entry.ClientId);
        json.WriteIfKnown("sub"u8, entry.Sub);
        json.WriteString("batchId"u8, entry.BatchId);
        json.WriteNumber("seq"u8, entry.Seq);
        json.WriteNumber("lastSeq"u8, entry.LastSeq);
        json.WriteIfKnown("reason"u8, entry.Reason);
        json.WriteString("parkedAt"u8, entry.ParkedAt.UtcDateTime);
        if (entry.SettledAt is not { } at)
            return;

        json.WriteStartObject("settled"u8);
        json.WriteString("at"u8, at.UtcDateTime);
        json.WriteIfKnown("by"u8, entry.By);
        json.WriteIfKnown("take"u8, entry.Decision.Split(':')[0]);
        if (entry.Rev > 0)
            json.WriteNumber("rev"u8, entry.Rev);
        json.WriteEndObject();
    }

    /// <summary>Members <c>ours</c> and <c>theirs</c>: what the client wanted, and what it met.</summary>
    public static void WriteSides(this Utf8JsonWriter json, ParkedItem item)
    {
        json.WriteStartObject("ours"u8);
        if (item.Ours is { Value: { } value })
            json.WriteRecordValue(value);
        else if (item.Ours is not null)
            json.WriteBoolean("deleted"u8, true);
        json.WriteStartArray("changes"u8);
        foreach (var change in item.Changes)
            json.WriteRawValue(ChangeWriter.Write(change), skipInputValidation: true);
        json.WriteEndArray();
        json.WriteEndObject();
        if (item.Theirs is { } theirs)
            json.WriteSide("theirs"u8, theirs);
    }

    /// <summary>A record in effect.</summary>
    public static void WriteSide(this Utf8JsonWriter json, ReadOnlySpan<byte> name, RecordInEffect record)
    {
        json.WritePropertyName(name);
        json.WriteRecord(record);
    }

    /// <summary>The same as bytes, for a problem's member.</summary>
    public static ReadOnlyMemory<byte> ToBytes(RecordInEffect record)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteRecord(record);
        }

        return buffer.WrittenMemory;
    }

    private static void WriteRecord(this Utf8JsonWriter json, RecordInEffect record)
    {
        json.WriteStartObject();
        json.WriteNumber("rev"u8, record.Rev);
        json.WriteState(record);
        json.WriteEndObject();
    }
}
