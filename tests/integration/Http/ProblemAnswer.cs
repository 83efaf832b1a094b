using System.Net;
using System.Text.Json.Nodes;

namespace MyriadSync.IntegrationTests.Http;

/// <summary>A refusal as a client reads it.</summary>
internal sealed record ProblemAnswer(HttpStatusCode Status, JsonNode Body)
{
    /// <summary>Last part of <c>type</c>.</summary>
    public string Code => ((string)Body["type"]!).Split('/')[^1];

    /// <summary>What is wrong where, each as <c>pointer reason</c>.</summary>
    public IReadOnlyList<string> Errors => [.. (Body["errors"]?.AsArray() ?? []).Select(error => $"{error!["pointer"]} {error["reason"]}")];

    /// <summary>Reads an answer that must be a problem with everything that belongs to one.</summary>
    public static async Task<ProblemAnswer> ReadAsync(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.Content.Headers.ContentType?.MediaType == "application/problem+json", $"{(int)response.StatusCode} {response.Content.Headers.ContentType}: {text}");
        var body = JsonNode.Parse(text)!;
        Assert.Equal((int)response.StatusCode, (int)body["status"]!);
        Assert.All(["title", "detail", "instance", "traceId"], name => Assert.NotEmpty((string)body[name]!));
        Assert.True(response.Headers.CacheControl?.NoStore);
        return new ProblemAnswer(response.StatusCode, body);
    }

    /// <summary>Asserts status and code.</summary>
    public ProblemAnswer Is(int status, string code)
    {
        Assert.True(((int)Status, Code) == (status, code), $"Expected {status} {code}: {Body.ToJsonString()}");
        return this;
    }

    /// <summary>Asserts that the errors name this place with this reason.</summary>
    public ProblemAnswer Names(string pointer, string reason)
    {
        Assert.Contains($"{pointer} {reason}", Errors);
        return this;
    }
}
