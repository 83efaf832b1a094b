using System.Diagnostics;

namespace MyriadSync.Benchmarks;

/// <summary>What the benchmarks need from npm, installed from lockfiles.</summary>
internal static class NodePackages
{
    /// <summary>The folder of the benchmarks in the repository.</summary>
    public static string Folder()
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

    /// <summary>Installs a folder's packages. Without their scripts: what they would build is not needed, and takes minutes.</summary>
    public static async Task InstallAsync(string folder)
    {
        var npm = OperatingSystem.IsWindows() ? "npm.cmd" : "npm";
        using var process = Process.Start(new ProcessStartInfo(npm, ["ci", "--no-audit", "--no-fund", "--silent", "--ignore-scripts"]) { WorkingDirectory = folder })
            ?? throw new InvalidOperationException("npm could not be started. Install Node.js 20 or newer.");
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"npm ci ended with {process.ExitCode} in {folder}.");
        }
    }
}
