using System.Text.RegularExpressions;

namespace MyriadSync.ConformanceTests.Scheduler;

/// <summary>A recorded exchange with a real scheduler.</summary>
public sealed partial record Transcript(string Title, string Method, string Path, string? Body, IReadOnlyList<(string Name, string Value)> RequestHeaders)
{
    public int Status { get; private init; }

    public string Reason { get; private init; } = "";

    public IReadOnlyDictionary<string, string> Headers { get; private init; } = new Dictionary<string, string>();

    public string Answer { get; private init; } = "";

    /// <summary>Whether the exchange ended with an answer.</summary>
    public bool WasAnswered => Status > 0;

    /// <summary>Reads a file of exchanges: a title, the curl command, what curl wrote, its exit code.</summary>
    public static IReadOnlyList<Transcript> Parse(string text) =>
        [.. Entry().Matches(text).Select(match => Parse(match.Groups["title"].Value, match.Groups["args"].Value, match.Groups["answer"].Value))];

    private static Transcript Parse(string title, string arguments, string answer)
    {
        string[] words = [.. Word().Matches(arguments).Select(match => match.Groups[1].Value)];
        var url = new Uri(Array.Find(words, word => word.StartsWith("http://", StringComparison.Ordinal))!, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        var method = After(words, "-X") ?? (words.Contains("-I") ? "HEAD" : "GET");
        var headers = words.Zip(words.Skip(1)).Where(pair => pair.First == "-H").Select(pair => Split(pair.Second)).ToList();
        // A body and no type: curl says form.
        var transcript = new Transcript(title, method, url.PathAndQuery, After(words, "--data-binary"), headers);
        // Of an interim answer only what follows it counts.
        var head = answer[Math.Max(0, answer.LastIndexOf("HTTP/1.1 ", StringComparison.Ordinal))..];
        if (!head.StartsWith("HTTP/1.1 ", StringComparison.Ordinal))
            return transcript;
        var end = head.IndexOf("\n\n", StringComparison.Ordinal);
        var lines = head[..end].Split('\n');
        return transcript with
        {
            Status = int.Parse(lines[0].Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture),
            Reason = string.Join(' ', lines[0].Split(' ').Skip(2)),
            Headers = lines.Skip(1).Select(Split).DistinctBy(pair => pair.Name).ToDictionary(pair => pair.Name, pair => pair.Value, StringComparer.OrdinalIgnoreCase),
            Answer = head[(end + 2)..],
        };
    }

    private static string? After(string[] words, string option) => Array.IndexOf(words, option) is >= 0 and var index ? words[index + 1] : null;

    private static (string Name, string Value) Split(string header)
    {
        var colon = header.IndexOf(':', StringComparison.Ordinal);
        return (header[..colon], header[(colon + 1)..].Trim());
    }

    [GeneratedRegex("""^### (?<title>[^\n]*)\n\$ curl (?<args>[^\n]*)\n(?<answer>.*?)\n\[curl rc \d+\]$""", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Entry();

    [GeneratedRegex("'([^']*)'")]
    private static partial Regex Word();
}
