using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using MyriadSync.DevStack.Azurite;

namespace MyriadSync.DevStack.Demo;

/// <summary>
/// The demo's pages, built by Vite into <c>client/demo/dist</c> on the first run, and again only when a source has changed.
/// </summary>
/// <param name="client">The folder of the browser packages.</param>
/// <param name="time">Paces the wait for another process that builds.</param>
internal sealed class DemoBuild(string client, TimeProvider time)
{
    private static readonly string[] Sources = ["demo", Path.Combine("packages", "client", "src")];
    private static readonly string[] NotSources = ["dist", "node_modules", ".install.lock"];
    private static readonly string[] Script = ["build.mjs", "--with-parent"];

    private string Demo => Path.Combine(client, "demo");

    private string Pages => Path.Combine(Demo, "dist");

    // Written last: a build that was interrupted is not taken for a whole one.
    private string Mark => Path.Combine(Pages, ".built");

    /// <summary>Of the browser packages that this program was built beside.</summary>
    public static DemoBuild OfRepository(TimeProvider time) =>
        new(typeof(DemoBuild).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(a => a.Key == "ClientFolder").Value!, time);

    /// <summary>Installs the packages that the build, and what the demo shows, come from.</summary>
    /// <returns>Their folder.</returns>
    /// <exception cref="LocalStackException">Node.js or npm is missing, or npm failed; the message says what to do.</exception>
    public async Task<string> InstallAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists(Path.Combine(client, "package-lock.json")))
            throw new LocalStackException($"There are no browser packages in {client}. The repository was moved after the build: build it again.");
        await NodePackages.EnsureAsync(client, "the browser packages", [], time, cancellationToken);
        return Path.Combine(client, "node_modules");
    }

    /// <summary>The file with the inspections that a new team begins with.</summary>
    public string Inspections => Path.Combine(Demo, "seed", "inspections.json");

    /// <summary>Builds if need be; several processes may ask at once, one of them builds.</summary>
    /// <returns>The folder of the pages.</returns>
    /// <exception cref="LocalStackException">Node.js or npm is missing, or the build failed; the message says what to do.</exception>
    public async Task<string> EnsureAsync(CancellationToken cancellationToken)
    {
        if (await IsBuiltAsync(cancellationToken))
            return Pages;

        await InstallAsync(cancellationToken);
        await using var buildLock = await FileLock.AcquireAsync(Path.Combine(Demo, ".install.lock"), time, cancellationToken);
        if (!await IsBuiltAsync(cancellationToken))
            await BuildAsync(cancellationToken);
        return Pages;
    }

    private async Task BuildAsync(CancellationToken cancellationToken)
    {
        var hash = await HashAsync(cancellationToken);
        var (exitCode, output) = await NodeJs.RunScriptAsync(Demo, Script, cancellationToken);
        if (exitCode != 0)
            throw new LocalStackException($"The demo could not be built (node build.mjs in {Demo}, exit code {exitCode}):{Environment.NewLine}{output}");
        await File.WriteAllTextAsync(Mark, hash, cancellationToken);
    }

    private async Task<bool> IsBuiltAsync(CancellationToken cancellationToken) =>
        File.Exists(Mark) && await File.ReadAllTextAsync(Mark, cancellationToken) == await HashAsync(cancellationToken);

    private async Task<string> HashAsync(CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in Sources.SelectMany(folder => FilesOf(new DirectoryInfo(Path.Combine(client, folder)))).Append(Path.Combine(client, "package-lock.json")))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(Path.GetRelativePath(client, file) + "\0"));
            hash.AppendData(SHA256.HashData(await File.ReadAllBytesAsync(file, cancellationToken)));
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }

    private static IEnumerable<string> FilesOf(DirectoryInfo folder) => folder.EnumerateFileSystemInfos()
        .Where(entry => !NotSources.Contains(entry.Name) && !entry.Name.EndsWith(".test.ts", StringComparison.Ordinal))
        .OrderBy(entry => entry.Name, StringComparer.Ordinal)
        .SelectMany(entry => entry is DirectoryInfo inner ? FilesOf(inner) : [entry.FullName]);
}
