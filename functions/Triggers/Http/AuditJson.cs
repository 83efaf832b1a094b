using System.Text.Json;
using MyriadSync.ChangeLog;

namespace MyriadSync.Triggers.Http;

/// <summary>Audits on the wire (docs/API.md, "Audit"). Where in the table one is stays inside: a key is a record's content.</summary>
internal static class AuditJson
{
    /// <summary>The audits of all tables.</summary>
    public static void Write(Utf8JsonWriter json, IReadOnlyList<AuditMark> marks)
    {
        json.WriteStartArray("tables"u8);
        foreach (var mark in marks)
        {
            json.WriteStartObject();
            json.WriteString("table"u8, mark.Table);
            json.WriteString("state"u8, mark switch
            {
                { BegunAt: null } => "never"u8,
                { Phase: AuditPhase.Idle } => "ended"u8,
                { Phase: AuditPhase.Log } => "reading-log"u8,
                _ => "reading-rows"u8,
            });
            if (mark.BegunAt is { } begun)
            {
                json.WriteString("begunAt"u8, begun.UtcDateTime);
                Write(json, mark);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, AuditMark mark)
    {
        if (mark.EndedAt is { } ended)
            json.WriteString("endedAt"u8, ended.UtcDateTime);
        json.WriteNumber("rows"u8, mark.Rows);
        json.WriteNumber("lastRows"u8, mark.LastRows);
        json.WriteNumber("changed"u8, mark.Changed);
        json.WriteNumber("gone"u8, mark.Gone);
        json.WriteNumber("deferred"u8, mark.Deferred);
    }
}
