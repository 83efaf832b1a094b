using System.Text;
using System.Text.Json;
using MyriadSync.Contracts;
using MyriadSync.Contracts.Keys;
using MyriadSync.Contracts.Values;

namespace MyriadSync.RxDb;

/// <summary>
/// Reads the body of a push: a list of rows, or an object with the list as <c>docs</c> or <c>rows</c>. A document that cannot be a record is that row's
/// refusal; only what is no row at all refuses the whole.
/// </summary>
internal sealed class RxRowReader(PrimaryKey primary, SyncLimits limits)
{
    private const string NoRows = "The body is a list of rows, each with newDocumentState and, but for new documents, assumedMasterState.";

    /// <summary>Fields that are no part of a record: RxDB's own, and the key of stores that keep keys apart.</summary>
    private readonly string[] _own = [RxFields.Deleted, RxFields.Attachments, "_meta", "_rev", .. primary.InValue ? (ReadOnlySpan<string>)[] : [primary.Path]];

    /// <summary>What may stand in a document beside the record's value.</summary>
    private const int OwnBytes = 1024;

    private readonly ValueLimits _limits = new() { MaxDepth = limits.ValueDepth, MaxBytes = limits.ValueBytes + OwnBytes };

    /// <summary>Reads a body that is valid UTF-8.</summary>
    public RxRowsReading Read(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json, CanonicalJson.ReaderOptions);
            reader.Read();
            return FindList(ref reader) ? ReadList(ref reader) : new RxRowsReading { Error = NoRows };
        }
        catch (JsonException exception)
        {
            return new RxRowsReading { Error = $"The body is not JSON (line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1})." };
        }
    }

    private static bool FindList(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var found = reader.ValueTextEquals("docs"u8) || reader.ValueTextEquals("rows"u8);
                reader.Read();
                if (found)
                {
                    break;
                }

                reader.Skip();
            }
        }

        return reader.TokenType == JsonTokenType.StartArray;
    }

    private RxRowsReading ReadList(ref Utf8JsonReader reader)
    {
        var rows = new List<RxRow>();
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (ReadRow(ref reader) is not { } row)
            {
                return new RxRowsReading { Error = $"Row {rows.Count} has no newDocumentState with a text as {primary.Path}. {NoRows}" };
            }

            if (places.TryGetValue(row.Id, out var place))
            {
                rows[place] = row with { Assumed = rows[place].Assumed };
                continue;
            }

            places[row.Id] = rows.Count;
            rows.Add(row);
            if (rows.Count > limits.BatchChanges)
            {
                return new RxRowsReading { TooMany = true };
            }
        }

        return new RxRowsReading { Rows = rows };
    }

    /// <summary>A row; null: what stands there is none.</summary>
    private RxRow? ReadRow(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return null;
        }

        string? id = null;
        RxState? assumed = null, current = null;
        Refusal? refusal = null;
        long? editedAt = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            WireText.TryRead(ref reader, out var name);
            reader.Read();
            if (name == "newDocumentState" && reader.TokenType == JsonTokenType.StartObject)
            {
                id = FindId(reader);
                current = ReadState(ref reader, ref refusal);
            }
            else if (name == "assumedMasterState" && reader.TokenType == JsonTokenType.StartObject)
            {
                assumed = ReadState(ref reader, ref refusal);
            }
            else if (name == "editedAt" && reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var milliseconds))
            {
                editedAt = milliseconds is >= 0 and <= HybridTime.MaxMilliseconds ? milliseconds : null;
            }

            reader.Skip();
        }

        return string.IsNullOrEmpty(id) ? null : ToRow(id) with { Assumed = assumed, New = current, EditedAt = editedAt, Refusal = refusal ?? ToRow(id).Refusal };
    }

    private static RxRow ToRow(string id)
    {
        var reader = new Utf8JsonReader(RxDocument.IdOf(id).Span);
        reader.Read();
        return RecordKey.TryRead(ref reader, out var key, out var refusal) ? new RxRow { Id = id, Key = key } : new RxRow { Id = id, Refusal = refusal };
    }

    /// <summary>The text at the primary path; the reader, on the document's first token, is a copy.</summary>
    private string? FindId(Utf8JsonReader reader)
    {
        var name = Encoding.UTF8.GetBytes(primary.Path);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var found = reader.ValueTextEquals(name);
            reader.Read();
            if (found)
            {
                return reader.TokenType == JsonTokenType.String && WireText.TryRead(ref reader, out var id) ? id : null;
            }

            reader.Skip();
        }

        return null;
    }

    private RxState? ReadState(ref Utf8JsonReader reader, ref Refusal? refusal)
    {
        if (!RecordValue.TryRead(ref reader, _limits, out var document, out var refused))
        {
            refusal ??= refused;
            return null;
        }

        if (!document.IsObject)
        {
            refusal ??= new Refusal(RefusalReasons.NotAnObject, "", "A document is a plain object.");
            return null;
        }

        if (document.TryGetField(RxFields.Attachments, out var attachments) && !attachments.Span.SequenceEqual("{}"u8))
        {
            refusal ??= new Refusal("attachments", "/_attachments", "Attachments are not replicated.");
        }

        var deleted = document.TryGetField(RxFields.Deleted, out var flag) && flag.Span.SequenceEqual("true"u8);
        return new RxState(Array.Exists(_own, name => document.TryGetField(name, out _)) ? RecordValue.FromFields(document.Fields.Where(field => !_own.Contains(field.Name))) : document, deleted);
    }
}
