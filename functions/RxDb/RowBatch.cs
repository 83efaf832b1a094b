using System.Buffers;
using System.Text.Json;
using MyriadSync.Contracts;
using MyriadSync.Contracts.Wire;

namespace MyriadSync.RxDb;

/// <summary>Writes the changes of a push as a batch of the wire, so that it goes the way of all batches.</summary>
internal static class RowBatch
{
    /// <summary>The body of the batch; its changes count from 1 in the order of the plans.</summary>
    /// <param name="clientId">The push's name.</param>
    /// <param name="schemaVersion">The version that the documents are in.</param>
    /// <param name="plans">Those with a change.</param>
    /// <param name="now">The time of edits that do not tell their own.</param>
    public static byte[] Write(string clientId, int schemaVersion, IReadOnlyList<RowPlan> plans, DateTimeOffset now)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true }))
        {
            json.WriteStartObject();
            json.WriteNumber("schemaVersion"u8, schemaVersion);
            json.WriteString("clientId"u8, clientId);
            json.WriteString("batchId"u8, PushIdentity.BatchId);
            json.WriteStartArray("changes"u8);
            for (var i = 0; i < plans.Count; i++)
            {
                var at = plans[i].Oldest ? 0 : plans[i].Row.EditedAt ?? now.ToUnixTimeMilliseconds();
                json.WriteRawValue(ChangeWriter.Write(plans[i].Change! with { Seq = i + 1, At = HybridTime.FromMilliseconds(at, clientId, i) }), skipInputValidation: true);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
