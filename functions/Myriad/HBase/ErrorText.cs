using System.Text;
using System.Text.RegularExpressions;

namespace MyriadSync.Myriad.HBase;

/// <summary>Takes what matters from an error body: the lines that name exceptions, without stack frames and without row keys.</summary>
internal static partial class ErrorText
{
    /// <summary>Bytes of an error body that are looked at.</summary>
    public const int MaxBytes = 16 * 1024;

    private const int MaxReason = 240;

    /// <summary>The beginning of a body, line by line, without the frames of stack traces.</summary>
    public static string Head(ReadOnlySpan<byte> body)
    {
        var text = Encoding.UTF8.GetString(body[..Math.Min(body.Length, MaxBytes)]);
        var kept = new StringBuilder();
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (line.Length > 0 && line[0] != '\t')
                kept.Append(line).Append('\n');
        }

        return kept.ToString();
    }

    /// <summary>One line for a log: the status, and the exception or the first line.</summary>
    public static string Reason(int status, string head)
    {
        var lines = head.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var exception = Array.Find(lines, line => line.Contains("Exception", StringComparison.Ordinal));
        var text = exception ?? (lines is [var first, ..] && !first.StartsWith('<') && !first.StartsWith('{') ? first : "");
        text = Keys().Replace(text, "$1…");
        if (text.Length > MaxReason)
            text = text[..MaxReason] + "…";
        return text.Length == 0 ? $"HTTP {status}" : $"HTTP {status}: {text}";
    }

    // A row key names a record, and so does the first key of a region in the region's name.
    [GeneratedRegex("(row '|row=|region[ =])[^ ,']+(,[^ ]*)?")]
    private static partial Regex Keys();
}
