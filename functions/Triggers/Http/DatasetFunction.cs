using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;
using MyriadSync.Contracts;
using MyriadSync.Contracts.Keys;
using MyriadSync.Contracts.Stores;
using MyriadSync.Security;

namespace MyriadSync.Triggers.Http;

/// <summary><c>GET …/datasets/{dataset}</c>: how a dataset stands, and the limits by which clients cut their batches.</summary>
internal sealed class DatasetFunction(IDatasetReader reader, IOptions<SyncLimits> limits, ISchemaVersions versions, TimeProvider time)
{
    /// <summary>Answers positions, limits and the server's clock.</summary>
    [Function(FunctionNames.ReadDataset)]
    public async Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Routes.Dataset)] HttpRequest request, string dataset)
    {
        if (AccessGate.Check(request.HttpContext, Role.Read, dataset) is { } denied)
            return new ProblemResult(denied);

        var state = await reader.ReadAsync(dataset, request.HttpContext.RequestAborted);
        return new JsonStreamResult(StatusCodes.Status200OK, output =>
        {
            Write(output.Json, dataset, state);
            return ValueTask.CompletedTask;
        });
    }

    private void Write(Utf8JsonWriter json, string dataset, DatasetState state)
    {
        var now = time.GetUtcNow();
        json.WriteStartObject();
        json.WriteString("dataset"u8, dataset);
        json.WriteString("epoch"u8, state.Epoch);
        json.WriteNumber("head"u8, state.Head);
        json.WriteNumber("applied"u8, state.Applied);
        json.WriteNumber("oldestSeq"u8, state.OldestSeq);
        json.WriteStartObject("schemaVersion"u8);
        json.WriteNumber("current"u8, versions.Current);
        json.WriteNumber("oldest"u8, versions.Oldest);
        json.WriteEndObject();
        WriteLimits(json);
        json.WriteServerTime(now);
        json.WriteString("serverTimeIso"u8, now.UtcDateTime);
        json.WriteEndObject();
    }

    private void WriteLimits(Utf8JsonWriter json)
    {
        var all = limits.Value;
        json.WriteStartObject("limits"u8);
        json.WriteNumber("batchChanges"u8, all.BatchChanges);
        json.WriteNumber("batchBytes"u8, all.BatchBytes);
        json.WriteNumber("valueBytes"u8, all.ValueBytes);
        json.WriteNumber("valueDepth"u8, all.ValueDepth);
        json.WriteNumber("keyChars"u8, RecordKey.MaxEncodedLength);
        json.WriteNumber("pageEntries"u8, all.PageEntries);
        json.WriteNumber("waitSeconds"u8, all.WaitSeconds);
        json.WriteNumber("clockAheadMs"u8, all.ClockAheadMs);
        json.WriteEndObject();
    }
}
