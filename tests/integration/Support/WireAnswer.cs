using System.Net;
using System.Text.Json;

namespace MyriadSync.IntegrationTests.Support;

/// <summary>An answer of the API.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Body">JSON.</param>
internal sealed record WireAnswer(HttpStatusCode Status, JsonElement Body)
{
    /// <summary>The code of a problem; null: it is none.</summary>
    public string? Problem => (int)Status >= 400 ? Text("type")!.Split('/')[^1] : null;

    /// <summary>How a batch stands.</summary>
    public string? BatchStatus => Text("status");

    /// <summary>Results of a batch that is settled.</summary>
    public IReadOnlyList<JsonElement> Results => Body.TryGetProperty("results", out var results) ? [.. results.EnumerateArray()] : [];

    /// <summary>Outcomes of a batch, in order.</summary>
    public IReadOnlyList<string> Outcomes => [.. Results.Select(result => result.GetProperty("outcome").GetString()!)];

    /// <summary>Revs of a batch's results, in order.</summary>
    public IReadOnlyList<long> Revs => [.. Results.Select(result => result.GetProperty("rev").GetInt64())];

    /// <summary>A text of the body; null: there is none.</summary>
    public string? Text(string member) =>
        Body.ValueKind == JsonValueKind.Object && Body.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>A number of the body.</summary>
    public long Number(string member) => Body.GetProperty(member).GetInt64();
}
