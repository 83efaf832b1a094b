using System.Globalization;

namespace MyriadSync.Benchmarks.Peers;

/// <summary>Documents of 275 bytes, the same for every peer.</summary>
internal static class Documents
{
    private const int Bytes = 275;

    /// <summary>A run of documents.</summary>
    /// <param name="connection">Whose they are: keys of two connections never meet.</param>
    /// <param name="first">Number of the first.</param>
    /// <param name="count">How many.</param>
    /// <param name="version">Tells an update from what it updates.</param>
    public static List<(string Key, string Json)> Of(int connection, int first, int count, int version) =>
        [.. Enumerable.Range(first, count).Select(n => (string.Create(CultureInfo.InvariantCulture, $"doc-{connection}-{n:D6}"), Json(n, version)))];

    private static string Json(int n, int version)
    {
        var head = string.Create(CultureInfo.InvariantCulture, $$"""{"title":"Buy milk, {{n}}","done":{{(version % 2 == 0 ? "false" : "true")}},"version":{{version}},"due":"2025-11-23T12:00:00Z","tags":["shop","{{n % 7}}"],"note":""");
        return head + "\"" + new string((char)('a' + (n % 26)), Bytes - head.Length - 3) + "\"}";
    }
}
