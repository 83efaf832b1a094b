using System.Text.Json.Nodes;
using MyriadSync.Contracts;

namespace MyriadSync.ReliabilityTests.Load;

/// <summary>A batch that the service acknowledged.</summary>
public sealed record SettledBatch
{
    public required string ClientId { get; init; }

    public required string BatchId { get; init; }

    public required IReadOnlyList<Edit> Edits { get; init; }

    /// <summary>One for each edit.</summary>
    public required IReadOnlyList<EditResult> Results { get; init; }

    /// <summary>Seq of the answer's cursor.</summary>
    public required long CursorSeq { get; init; }

    public static SettledBatch Read(string clientId, string batchId, IReadOnlyList<Edit> edits, JsonNode answer) => new()
    {
        ClientId = clientId,
        BatchId = batchId,
        Edits = edits,
        Results = [.. answer["results"]!.AsArray().Select(result => EditResult.Read(result!))],
        CursorSeq = Cursor.TryParse((string?)answer["cursor"], out var cursor) ? cursor.Seq : -1,
    };
}
