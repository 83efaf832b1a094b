using System.Text.Json;

namespace MyriadSync.UnitTests.Contracts;

/// <summary>The golden files under <c>tests/golden</c>, which the browser client's tests read as well.</summary>
internal static class GoldenFile
{
    /// <summary>The cases in one list of a file.</summary>
    public static IReadOnlyList<JsonElement> Cases(string file, string list = "cases")
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder(), file)));
        return [.. document.RootElement.GetProperty(list).EnumerateArray().Select(element => element.Clone())];
    }

    /// <summary>A string of a case; null if the case lacks it or has null.</summary>
    public static string? Text(this JsonElement golden, string property) =>
        golden.TryGetProperty(property, out var value) ? value.GetString() : null;

    /// <summary>A number of a case, or a default.</summary>
    public static int Number(this JsonElement golden, string property, int otherwise) =>
        golden.TryGetProperty(property, out var value) ? value.GetInt32() : otherwise;

    private static string Folder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var golden = Path.Combine(folder.FullName, "tests", "golden");
            if (Directory.Exists(golden)) return golden;
        }

        throw new DirectoryNotFoundException("tests/golden is in no folder above the tests.");
    }
}
