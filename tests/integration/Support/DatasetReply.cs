using System.Text.Json;

namespace MyriadSync.IntegrationTests.Support;

/// <summary>An answer of the app.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Json">The body.</param>
/// <param name="RetryAfter">The header.</param>
internal sealed record DatasetReply(int Status, JsonElement Json, TimeSpan? RetryAfter)
{
    /// <summary>What became of the batch.</summary>
    public string BatchStatus => Text("status");

    /// <summary>The outcomes.</summary>
    public IReadOnlyList<JsonElement> Results => [.. Json.GetProperty("results").EnumerateArray()];

    /// <summary>The records of a snapshot, each as <c>{key} {rev} {value}</c>.</summary>
    public IReadOnlyList<string> Records =>
        [.. Json.GetProperty("records").EnumerateArray().Select(record => $"{record.GetProperty("key")} {record.GetProperty("rev")} {record.GetProperty("value").GetRawText()}")];

    /// <summary>Last part of a problem's type.</summary>
    public string Problem => Text("type").Split('/')[^1];

    /// <summary>A text of the body; empty when it is not there.</summary>
    public string Text(string member) => Json.TryGetProperty(member, out var text) ? text.ToString() : "";

    /// <summary>A number of the body.</summary>
    public long Number(string member) => Json.GetProperty(member).GetInt64();

    /// <summary>Outcomes, as <c>{outcome} {rev}</c>, with a reason where there is one.</summary>
    public IReadOnlyList<string> Outcomes =>
        [.. Results.Select(result => $"{result.GetProperty("outcome")} {result.GetProperty("rev")}{(result.TryGetProperty("reason", out var reason) ? " " + reason : "")}")];

    /// <inheritdoc/>
    public override string ToString() => $"{Status} {Json}";
}
