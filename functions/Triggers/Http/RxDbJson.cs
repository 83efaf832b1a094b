using System.Text.Json;
using MyriadSync.RxDb;

namespace MyriadSync.Triggers.Http;

/// <summary>Pages of documents as RxDB's clients read them.</summary>
internal static class RxDbJson
{
    /// <summary>Member <c>checkpoint</c>: flat, every field always there.</summary>
    public static void WriteCheckpoint(this Utf8JsonWriter json, RxCheckpoint checkpoint)
    {
        json.WriteStartObject("checkpoint"u8);
        json.WriteString("id"u8, checkpoint.Id);
        json.WriteNumber("lwt"u8, checkpoint.Seq);
        json.WriteNumber("updatedAt"u8, checkpoint.Seq);
        json.WriteEndObject();
    }

    /// <summary>A whole page; for what is sent in one piece.</summary>
    public static void WritePage(this Utf8JsonWriter json, RxPage page, string primaryPath)
    {
        json.WriteStartObject();
        json.WriteStartArray("documents"u8);
        foreach (var document in page.Documents)
            document.Write(json, primaryPath);
        json.WriteEndArray();
        json.WriteCheckpoint(page.Checkpoint!);
        json.WriteEndObject();
    }
}
