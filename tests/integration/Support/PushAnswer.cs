using System.Net;
using System.Text.Json.Nodes;

namespace MyriadSync.IntegrationTests.Support;

/// <summary>What a push was answered.</summary>
public sealed record PushAnswer(HttpStatusCode Status, JsonNode Body)
{
    /// <summary><c>accepted</c>, <c>committed</c> or <c>applied</c>; null for a problem.</summary>
    public string? BatchStatus => (string?)Body["status"] is { } text && !text.All(char.IsAsciiDigit) ? text : null;

    /// <summary>Results, one a change.</summary>
    public JsonArray Results => Body["results"]!.AsArray();

    /// <summary>Outcomes, one a change.</summary>
    public IReadOnlyList<string> Outcomes => [.. Results.Select(result => (string)result!["outcome"]!)];

    /// <summary>Revs, one a change.</summary>
    public IReadOnlyList<long> Revs => [.. Results.Select(result => (long)result!["rev"]!)];

    /// <summary>Last part of a problem's <c>type</c>.</summary>
    public string? Problem => ((string?)Body["type"])?.Split('/')[^1];
}
