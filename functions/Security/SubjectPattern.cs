using System.Globalization;
using System.Text;

namespace MyriadSync.Security;

/// <summary>
/// Datasets of a user's own, from a pattern such as <c>user-{sub}</c>. The subject is escaped to the alphabet of dataset names, injectively: <c>A-Z a-z 0-9 - _</c>
/// stand for themselves, every other UTF-8 byte (the dot included) becomes <c>.</c> and two upper-case hex digits.
/// </summary>
internal static class SubjectPattern
{
    public const string Placeholder = "{sub}";

    /// <summary>The dataset that the pattern names for this subject. It may be too long to be a dataset's name, and then names none.</summary>
    public static string Expand(string pattern, string sub) => pattern.Replace(Placeholder, Escape(sub), StringComparison.Ordinal);

    /// <summary>A subject as part of a dataset's name.</summary>
    public static string Escape(string sub)
    {
        var escaped = new StringBuilder(sub.Length);
        foreach (var unit in Encoding.UTF8.GetBytes(sub))
        {
            if (char.IsAsciiLetterOrDigit((char)unit) || unit is (byte)'-' or (byte)'_')
                escaped.Append((char)unit);
            else
                escaped.Append('.').Append(unit.ToString("X2", CultureInfo.InvariantCulture));
        }

        return escaped.ToString();
    }

    /// <summary>Why a pattern cannot be used; null when it can.</summary>
    public static string? Fault(string pattern)
    {
        var at = pattern.IndexOf(Placeholder, StringComparison.Ordinal);
        if (at < 0)
            return null;
        if (pattern.IndexOf(Placeholder, at + 1, StringComparison.Ordinal) >= 0)
            return $"'{pattern}' holds {Placeholder} twice";
        return pattern.Contains('*', StringComparison.Ordinal) ? $"'{pattern}' holds both {Placeholder} and *, and so would reach into the datasets of others" : null;
    }

    /// <summary>Whether two patterns can name the same dataset for two different subjects.</summary>
    public static bool Collide(string left, string right)
    {
        if (left == right || !left.Contains(Placeholder, StringComparison.Ordinal) || !right.Contains(Placeholder, StringComparison.Ordinal))
            return false;
        var (leftHead, leftTail) = Cut(left);
        var (rightHead, rightTail) = Cut(right);
        var headsMeet = leftHead.StartsWith(rightHead, StringComparison.Ordinal) || rightHead.StartsWith(leftHead, StringComparison.Ordinal);
        var tailsMeet = leftTail.EndsWith(rightTail, StringComparison.Ordinal) || rightTail.EndsWith(leftTail, StringComparison.Ordinal);
        return headsMeet && tailsMeet;
    }

    private static (string Head, string Tail) Cut(string pattern)
    {
        var at = pattern.IndexOf(Placeholder, StringComparison.Ordinal);
        return (pattern[..at], pattern[(at + Placeholder.Length)..]);
    }
}
