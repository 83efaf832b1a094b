using System.Reflection;
using System.Security.Cryptography;

namespace MyriadSync.DevStack.Azurite;

/// <summary>
/// The npm packages of Azurite, installed on the first run into <c>local/DevStack/Azurite/node_modules</c> exactly as the
/// lock file names them, and again whenever the lock file changes.
/// </summary>
internal static class AzuriteInstallation
{
    private static readonly TimeSpan LockRetry = TimeSpan.FromMilliseconds(100);

    /// <summary>Installs if need be; several processes may ask at once, one of them installs.</summary>
    /// <returns>The folder that holds <c>run.cjs</c> and the installed packages.</returns>
    /// <exception cref="LocalStackException">Node.js or npm is missing, or npm failed; the message says what to do.</exception>
    public static async Task<string> EnsureAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        var folder = Locate();
        if (IsInstalled(folder))
            return folder;

        await using var installLock = await AcquireLockAsync(folder, time, cancellationToken);
        if (!IsInstalled(folder))
            await InstallAsync(folder, cancellationToken);
        return folder;
    }

    private static string Locate()
    {
        var folder = typeof(AzuriteInstallation).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(a => a.Key == "AzuriteFolder").Value!;
        return File.Exists(Path.Combine(folder, "package-lock.json"))
            ? folder
            : throw new LocalStackException($"Azurite's package-lock.json is not in {folder}. The repository was moved after the build: build it again.");
    }

    // The mark is written last, so an installation that was interrupted is not taken for a whole one.
    private static string MarkOf(string folder) => Path.Combine(folder, "node_modules", ".installed");

    private static bool IsInstalled(string folder) =>
        File.Exists(MarkOf(folder)) && File.ReadAllText(MarkOf(folder)) == HashOfLock(folder);

    private static string HashOfLock(string folder) =>
        Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(Path.Combine(folder, "package-lock.json"))));

    private static async Task<FileStream> AcquireLockAsync(string folder, TimeProvider time, CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder, ".install.lock");
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (File.Exists(path))
            {
                // Held by another process that installs right now; the system frees it when that one ends, however it ends.
                await Task.Delay(LockRetry, time, cancellationToken);
            }
        }
    }

    private static async Task InstallAsync(string folder, CancellationToken cancellationToken)
    {
        await NodeJs.DemandAsync(cancellationToken);
        Console.Error.WriteLine("Installing Azurite (once, about half a minute) ...");
        var (exitCode, output) = await NodeJs.RunNpmAsync(folder, ["ci", "--ignore-scripts", "--omit=dev", "--no-audit", "--no-fund", "--loglevel=error"], cancellationToken);
        if (exitCode != 0)
            throw new LocalStackException($"npm could not install Azurite into {folder} (exit code {exitCode}):{Environment.NewLine}{output}");
        await File.WriteAllTextAsync(MarkOf(folder), HashOfLock(folder), cancellationToken);
    }
}
