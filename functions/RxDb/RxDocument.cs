using System.Text.Json;
using MyriadSync.Contracts.Keys;
using MyriadSync.Contracts.Values;

namespace MyriadSync.RxDb;

/// <summary>A document for a client: a record with its key in its place and the mark of deletion.</summary>
/// <param name="Id">The primary key, canonical JSON of a text.</param>
/// <param name="Fields">The record's value, or what is known of what a deleted one held; null: nothing.</param>
/// <param name="Deleted">The record is gone.</param>
internal sealed record RxDocument(ReadOnlyMemory<byte> Id, RecordValue? Fields, bool Deleted)
{
    /// <summary>Whether a record can be a document: its key is a text, and its value a plain object. Others are for clients of ours alone.</summary>
    public static bool CanBe(RecordKey key, RecordValue? value) => key.Encoded.StartsWith('S') && value?.IsObject != false;

    /// <summary>A record's value as the document that clients hold, without the mark: with the key in its place, if it is kept apart from the value.</summary>
    public static RecordValue WithKey(RecordValue value, string primaryPath, ReadOnlyMemory<byte> id) =>
        value.IsObject && !value.TryGetField(primaryPath, out _) ? value.With(primaryPath, id) : value;

    /// <summary>A primary key as it goes into a document.</summary>
    public static ReadOnlyMemory<byte> IdOf(string id) => WireText.ToJson(id);

    /// <summary>Writes the document.</summary>
    public void Write(Utf8JsonWriter json, string primaryPath)
    {
        json.WriteStartObject();
        json.WritePropertyName(primaryPath);
        json.WriteRawValue(Id.Span, skipInputValidation: true);
        foreach (var (name, value) in Fields?.Fields ?? [])
        {
            if (name == primaryPath || name == RxFields.Deleted)
            {
                continue;
            }

            json.WritePropertyName(name);
            json.WriteRawValue(value.Span, skipInputValidation: true);
        }

        json.WriteBoolean(RxFields.Deleted, Deleted);
        json.WriteEndObject();
    }
}
