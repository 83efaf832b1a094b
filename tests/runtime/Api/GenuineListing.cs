namespace MyriadSync.FunctionsRuntime.Tests.Api;

/// <summary>Finds the listing of the genuine packages' public API, which is not part of the repository.</summary>
internal static class GenuineListing
{
    /// <summary>Its path; null if it is not there.</summary>
    public static string? Find()
    {
        var candidates = Environment.GetEnvironmentVariable("MYRIADSYNC_SHARED") is { Length: > 0 } set
            ? [set]
            : Ancestors(AppContext.BaseDirectory).Select(d => Path.Combine(d, "shared"));
        return candidates.Select(d => Path.Combine(d, "api", "genuine.txt")).FirstOrDefault(File.Exists);
    }

    private static IEnumerable<string> Ancestors(string folder)
    {
        for (var current = new DirectoryInfo(folder); current is not null; current = current.Parent)
            yield return current.FullName;
    }
}
