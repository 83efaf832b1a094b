using System.Net;
using System.Text.Json.Nodes;

namespace MyriadSync.ReliabilityTests.Load;

/// <summary>
/// A client's outbox as docs/API.md wants it: the next batch goes out when the last one is settled; whenever an answer fails to come, the same batch
/// goes out again, byte for byte.
/// </summary>
public sealed class Outbox(ServiceWire wire, string clientId, Tally tally, Random random)
{
    private static readonly string[] Preferences = ["wait=30", "wait=5", "wait=1", "respond-async", "respond-async, wait=2"];

    private int _batches;

    public async Task<SettledBatch> SettleAsync(IReadOnlyList<Edit> edits, CancellationToken cancellationToken)
    {
        var batchId = $"b{++_batches}";
        var body = new JsonObject
        {
            ["schemaVersion"] = 1,
            ["clientId"] = clientId,
            ["batchId"] = batchId,
            ["changes"] = new JsonArray([.. edits.Select(edit => edit.ToJson())]),
        }.ToJsonString();
        var settled = SettledBatch.Read(clientId, batchId, edits, await SendAsync(body, cancellationToken));
        tally.Add(Happening.Settled);
        // A client that was closed before it noted the answer: it asks again, and has to hear the same.
        if (random.Next(6) == 0)
        {
            tally.Add(Happening.Repeated);
            DemandSame(settled, SettledBatch.Read(clientId, batchId, edits, await SendAsync(body, cancellationToken)));
        }

        return settled;
    }

    private async Task<JsonNode> SendAsync(string body, CancellationToken cancellationToken)
    {
        var prefer = Preferences[random.Next(Preferences.Length)];
        while (true)
        {
            var answer = await wire.InsistAsync(HttpMethod.Post, "batches", body, prefer, cancellationToken);
            while (answer is { Status: HttpStatusCode.Accepted })
            {
                tally.Add(Happening.Accepted);
                if (((string?)answer.Body["waitingFor"])?.StartsWith("cluster", StringComparison.Ordinal) == true)
                    tally.Add(Happening.WaitingForCluster);
                answer = await wire.TryAsync(HttpMethod.Get, answer.Location!.OriginalString, null, "wait=2", cancellationToken);
            }

            if (answer is not null)
                return answer.Body;
        }
    }

    private static void DemandSame(SettledBatch first, SettledBatch again)
    {
        var pairs = first.Results.Zip(again.Results).ToList();
        // The record in effect is told as it stands now; its rev may have grown.
        if (first.Results.Count != again.Results.Count || pairs.Exists(pair => pair.First.Outcome != pair.Second.Outcome
            || pair.Second.Rev < pair.First.Rev || (pair.First.Outcome == "applied" && pair.First.Rev != pair.Second.Rev)))
        {
            throw new InvalidDataException($"{first.ClientId}'s {first.BatchId} was answered {string.Join(' ', first.Results)}, then {string.Join(' ', again.Results)}");
        }
    }
}
