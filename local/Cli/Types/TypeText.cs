using System.Text.Json;
using System.Text.RegularExpressions;

namespace MyriadSync.Cli.Types;

/// <summary>Names and literals in TypeScript.</summary>
internal static partial class TypeText
{
    /// <summary>A member's name, in quotes where it needs them.</summary>
    public static string Name(string name) => Identifier().IsMatch(name) ? name : Literal(name);

    /// <summary>A text in single quotes.</summary>
    public static string Literal(string text)
    {
        var json = JsonSerializer.Serialize(text)[1..^1];
        return $"'{json.Replace("\\u0022", "\"", StringComparison.Ordinal).Replace("\\u0027", "\\'", StringComparison.Ordinal)}'";
    }

    /// <summary>A comment that cannot end early.</summary>
    public static string Comment(string text) => text.Replace("*/", "* /", StringComparison.Ordinal).ReplaceLineEndings(" ");

    [GeneratedRegex("^[A-Za-z_$][A-Za-z0-9_$]*$")]
    private static partial Regex Identifier();
}
