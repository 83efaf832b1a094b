using System.Security.Cryptography;

namespace MyriadSync.DevStack.Azurite;

/// <summary>
/// The npm packages of a folder, installed on the first run into its <c>node_modules</c> exactly as the lock file names them,
/// and again whenever the lock file changes.
/// </summary>
internal static class NodePackages
{
    /// <summary>Installs if need be; several processes may ask at once, one of them installs.</summary>
    /// <param name="folder">Where <c>package-lock.json</c> is.</param>
    /// <param name="name">What is installed, for people.</param>
    /// <param name="options">More options of <c>npm ci</c>.</param>
    /// <param name="time">Paces the wait for another process that installs.</param>
    /// <param name="cancellationToken">Ends npm too.</param>
    /// <exception cref="LocalStackException">Node.js or npm is missing, or npm failed; the message says what to do.</exception>
    public static async Task EnsureAsync(string folder, string name, IEnumerable<string> options, TimeProvider time, CancellationToken cancellationToken)
    {
        if (IsInstalled(folder))
            return;

        await using var installLock = await FileLock.AcquireAsync(Path.Combine(folder, ".install.lock"), time, cancellationToken);
        if (!IsInstalled(folder))
            await InstallAsync(folder, name, options, cancellationToken);
    }

    // The mark is written last, so an installation that was interrupted is not taken for a whole one.
    private static string MarkOf(string folder) => Path.Combine(folder, "node_modules", ".installed");

    private static bool IsInstalled(string folder) =>
        File.Exists(MarkOf(folder)) && File.ReadAllText(MarkOf(folder)) == HashOfLock(folder);

    private static string HashOfLock(string folder) =>
        Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(Path.Combine(folder, "package-lock.json"))));

    private static async Task InstallAsync(string folder, string name, IEnumerable<string> options, CancellationToken cancellationToken)
    {
        await NodeJs.DemandAsync(cancellationToken);
        Console.Error.WriteLine($"Installing {name} (once, about half a minute) ...");
        var (exitCode, output) = await NodeJs.RunNpmAsync(folder, ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", .. options], cancellationToken);
        if (exitCode != 0)
            throw new LocalStackException($"npm could not install {name} into {folder} (exit code {exitCode}):{Environment.NewLine}{output}");
        await File.WriteAllTextAsync(MarkOf(folder), HashOfLock(folder), cancellationToken);
    }
}
