using System.Text.Json;
using MyriadSync.Contracts.Keys;
using MyriadSync.Poison;

namespace MyriadSync.Triggers.Http;

/// <summary>Poison entries on the wire.</summary>
internal static class PoisonJsonWriter
{
    private const int TraceParentLength = 55;

    /// <summary>An entry without its item, as members of the object that is open.</summary>
    public static void WriteEntry(this Utf8JsonWriter json, PoisonEntry entry)
    {
        var item = entry.Item;
        json.WriteString("poisonId"u8, item.PoisonId);
        json.WriteString("kind"u8, item.Kind);
        json.WriteString("state"u8, PoisonRows.Name(entry.State));
        json.WriteString("reason"u8, item.Reason);
        json.WriteIfKnown("detail"u8, item.Detail);
        json.WriteNumber("attempts"u8, entry.Attempts);
        json.WriteString("firstSeen"u8, entry.FirstSeen.UtcDateTime);
        json.WriteString("lastSeen"u8, entry.LastSeen.UtcDateTime);
        if (item.Key.Length > 0 && RecordKey.TryDecode(item.Key, out var key))
            json.WriteId(item.Store, key);
        else
            json.WriteIfKnown("store"u8, item.Store);
        json.WriteIfKnown("clientId"u8, item.ClientId);
        json.WriteIfKnown("batchId"u8, item.BatchId);
        if (item.Seq > 0)
            json.WriteNumber(item.Kind == PoisonKinds.Held ? "heldRev"u8 : "seq"u8, item.Seq);
        json.WriteIfKnown("queue"u8, item.Queue);
        if (item.TraceParent.Length == TraceParentLength)
            json.WriteString("traceId"u8, item.TraceParent.AsSpan(3, 32));
        WriteSettled(json, entry);
    }

    private static void WriteSettled(Utf8JsonWriter json, PoisonEntry entry)
    {
        if (entry.SettledAt is not { } at)
            return;

        json.WriteStartObject("settled"u8);
        json.WriteString("at"u8, at.UtcDateTime);
        json.WriteIfKnown("by"u8, entry.By);
        json.WriteIfKnown("why"u8, entry.Why);
        json.WriteIfKnown("outcome"u8, entry.Outcome);
        if (entry.Rev > 0)
            json.WriteNumber("rev"u8, entry.Rev);
        json.WriteIfKnown("conflictId"u8, entry.ConflictId);
        json.WriteEndObject();
    }
}
