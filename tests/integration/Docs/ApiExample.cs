using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace MyriadSync.IntegrationTests.Docs;

/// <summary>
/// A block <c>http</c> of docs/API.md: a request, and behind a line <c>HTTP {status}</c> its answer, headers and body each. Words behind
/// <c>http</c> say who asks, and what the matter is (<see cref="ExampleStage"/>).
/// </summary>
internal sealed partial record ApiExample
{
    /// <summary>The nearest heading above.</summary>
    public required string Section { get; init; }

    /// <summary><c>name=value</c> behind <c>http</c>.</summary>
    public required IReadOnlyDictionary<string, string> Words { get; init; }

    /// <summary>Of the request.</summary>
    public required string Method { get; init; }

    /// <summary>Path and query, with <c>{names}</c> for what an answer before gave.</summary>
    public required string Address { get; init; }

    /// <summary>Of the request.</summary>
    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    /// <summary>Of the request; empty: none.</summary>
    public required string Body { get; init; }

    /// <summary>Of the answer.</summary>
    public required int Status { get; init; }

    /// <summary>Of the answer; it may have more.</summary>
    public required IReadOnlyDictionary<string, string> AnswerHeaders { get; init; }

    /// <summary>Of the answer; empty: none.</summary>
    public required string Answer { get; init; }

    /// <summary>The answer's body as JSON; null: it is none.</summary>
    public JsonNode? AnswerJson => Answer.StartsWith('{') || Answer.StartsWith('[') ? JsonNode.Parse(Answer) : null;

    /// <summary>Every example of a document, in order.</summary>
    public static IReadOnlyList<ApiExample> Read(string document)
    {
        var headings = Heading().Matches(document);
        return [.. Block().Matches(document).Select(block => Parse(
            headings.Last(heading => heading.Index < block.Index).Groups[1].Value.Trim('`'), block.Groups[1].Value, block.Groups[2].Value))];
    }

    public override string ToString() => $"{Section}: {Method} {Address}";

    private static ApiExample Parse(string section, string words, string text)
    {
        var parts = AnswerLine().Split(text);
        var (request, head, body) = Split(parts[0]);
        var (_, answerHead, answerBody) = Split("\n" + parts[2]);
        var target = request.Split(' ', 2);
        return new ApiExample
        {
            Section = section,
            Words = words.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => word.Split('=', 2)).ToDictionary(word => word[0], word => word.ElementAtOrDefault(1) ?? ""),
            Method = target[0],
            Address = target[1],
            Headers = head,
            Body = body,
            Status = int.Parse(parts[1], provider: null),
            AnswerHeaders = answerHead,
            Answer = answerBody,
        };
    }

    /// <summary>First line, headers, and what follows the first empty line.</summary>
    private static (string First, Dictionary<string, string> Headers, string Body) Split(string text)
    {
        var cut = text.IndexOf("\n\n", StringComparison.Ordinal);
        var head = (cut < 0 ? text : text[..cut]).Split('\n');
        var headers = head.Skip(1).Where(line => line.Length > 0).Select(line => line.Split(": ", 2)).ToDictionary(line => line[0], line => line[1]);
        return (head[0], headers, cut < 0 ? "" : text[cut..].Trim());
    }

    [GeneratedRegex(@"^#+ (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"^```http([^\n]*)\n(.*?)\n```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"^HTTP (\d{3})$\n?", RegexOptions.Multiline)]
    private static partial Regex AnswerLine();
}
