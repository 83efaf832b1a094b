using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using MyriadSync.Contracts;

namespace MyriadSync.Triggers.Http;

/// <summary>How a client wants to be answered (<c>Prefer</c>, RFC 7240): <c>wait=N</c> seconds, <c>respond-async</c>. What is malformed or unknown is ignored, as the RFC wants it.</summary>
public sealed record PreferHeader
{
    /// <summary>Seconds that an answer is waited for when the client does not say.</summary>
    public const int DefaultWaitSeconds = 10;

    private const int MaxHeaderChars = 1024;

    /// <summary>How long to wait for the work to be done before answering that it goes on. Never above <see cref="SyncLimits.WaitSeconds"/>.</summary>
    public required TimeSpan Wait { get; init; }

    /// <summary>Value of <c>Preference-Applied</c>; null when the client preferred nothing that is known.</summary>
    public string? Applied { get; init; }

    /// <summary>Reads the request's header.</summary>
    public static PreferHeader Read(HttpRequest request, SyncLimits limits) => Parse(request.Headers["Prefer"], limits);

    /// <summary>Reads the values of the header.</summary>
    public static PreferHeader Parse(StringValues header, SyncLimits limits)
    {
        int? wait = null;
        var respondAsync = false;
        var seenWait = false;
        foreach (var preference in header.Where(line => line is { Length: <= MaxHeaderChars }).SelectMany(line => Split(line!)))
        {
            // What follows a semicolon are parameters, and neither preference has any.
            var parts = preference.Split(';', 2)[0].Split('=', 2);
            var name = parts[0].Trim();
            var value = parts.Length == 2 ? parts[1].Trim().Trim('"') : "";
            if (name.Equals("respond-async", StringComparison.OrdinalIgnoreCase) && value.Length == 0)
                respondAsync = true;
            if (!seenWait && name.Equals("wait", StringComparison.OrdinalIgnoreCase))
            {
                // The first of several counts (RFC 7240, 2), also when it is malformed.
                seenWait = true;
                wait = Seconds(value, limits.WaitSeconds);
            }
        }

        var seconds = wait ?? (respondAsync ? 0 : Math.Min(DefaultWaitSeconds, limits.WaitSeconds));
        return new PreferHeader { Wait = TimeSpan.FromSeconds(seconds), Applied = Describe(wait, respondAsync) };
    }

    private static int? Seconds(string value, int most)
    {
        if (value.Length == 0 || !value.All(char.IsAsciiDigit))
            return null;
        return int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? Math.Min(seconds, most) : most;
    }

    private static string? Describe(int? wait, bool respondAsync) => (wait, respondAsync) switch
    {
        (null, false) => null,
        (null, true) => "respond-async",
        ({ } seconds, false) => $"wait={seconds}",
        ({ } seconds, true) => $"respond-async, wait={seconds}",
    };

    /// <summary>Splits at commas that are not within quotes.</summary>
    private static IEnumerable<string> Split(string line)
    {
        var start = 0;
        var quoted = false;
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == '\\' && quoted)
                i++;
            else if (line[i] == '"')
                quoted = !quoted;
            else if (line[i] == ',' && !quoted)
            {
                yield return line[start..i];
                start = i + 1;
            }
        }

        yield return line[start..];
    }
}
