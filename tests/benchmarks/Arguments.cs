using System.Globalization;

namespace MyriadSync.Benchmarks;

/// <summary>Options of the commands.</summary>
internal static class Arguments
{
    /// <summary>The real HBase REST gateway to use; null: the emulator.</summary>
    public static Uri? Gateway(string[] args) => Text(args, "--hbase") is { } gateway ? new Uri(gateway) : null;

    /// <summary>A number; null: not given.</summary>
    public static int? Number(string[] args, string name) => Text(args, name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;

    private static string? Text(string[] args, string name) => Array.IndexOf(args, name) is >= 0 and var i && i + 1 < args.Length ? args[i + 1] : null;
}
