using System.Reflection;

namespace MyriadSync.Triggers.Http;

/// <summary>The sections of docs/API.md that the <c>type</c> of a problem points to; the document travels within the assembly.</summary>
internal static class ProblemPages
{
    private const string Heading = "### `";

    private static readonly Lazy<IReadOnlyDictionary<string, string>> Sections = new(Read);

    /// <summary>The section of a code; null when there is no such code.</summary>
    public static string? Find(string code) => Sections.Value.GetValueOrDefault(code);

    private static Dictionary<string, string> Read()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("API.md")!;
        using var reader = new StreamReader(stream);
        var sections = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var part in $"\n{reader.ReadToEnd()}".Split("\n#", StringSplitOptions.None).Select(part => "#" + part))
        {
            if (part.StartsWith(Heading, StringComparison.Ordinal) && part.IndexOf('`', Heading.Length) is > 0 and var end && ProblemCatalog.Codes.Contains(part[Heading.Length..end]))
                sections[part[Heading.Length..end]] = part.TrimEnd() + "\n";
        }

        return sections;
    }
}
