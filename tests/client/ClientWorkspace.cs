using System.Diagnostics;
using System.Reflection;
using System.Security.Cryptography;

[assembly: AssemblyFixture(typeof(MyriadSync.ClientTests.ClientWorkspace))]

namespace MyriadSync.ClientTests;

/// <summary>The npm workspace in <c>client/</c>, with its packages installed as the lock file names them.</summary>
public sealed class ClientWorkspace : IAsyncLifetime
{
    private static readonly TimeSpan LockRetry = TimeSpan.FromMilliseconds(100);

    private static string Folder { get; } =
        typeof(ClientWorkspace).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(a => a.Key == "ClientFolder").Value!;

    // The mark is written last: an installation that was interrupted is not taken for a whole one.
    private static string Mark => Path.Combine(Folder, "node_modules", ".installed");

    public async ValueTask InitializeAsync()
    {
        await using var installLock = await AcquireLockAsync(TestContext.Current.CancellationToken);
        var hash = Convert.ToHexString(SHA256.HashData(await File.ReadAllBytesAsync(Path.Combine(Folder, "package-lock.json"))));
        if (File.Exists(Mark) && await File.ReadAllTextAsync(Mark) == hash)
            return;

        // Nothing of the workspace needs a script of a package to run at installation.
        await RunAsync(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], new Dictionary<string, string>());
        await File.WriteAllTextAsync(Mark, hash);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Runs a script of <c>client/package.json</c>; what it wrote is the failure's message.</summary>
    public Task RunScriptAsync(string script, IReadOnlyDictionary<string, string>? environment = null, params string[] arguments) =>
        RunAsync(["run", script, "--", .. arguments], environment ?? new Dictionary<string, string>());

    private static async Task RunAsync(string[] arguments, IReadOnlyDictionary<string, string> environment)
    {
        // npm is a batch file on Windows, which only its shell can start.
        var start = OperatingSystem.IsWindows() ? new ProcessStartInfo("cmd.exe", ["/d", "/c", "npm", .. arguments]) : new ProcessStartInfo("npm", arguments);
        start.WorkingDirectory = Folder;
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        start.Environment["NO_COLOR"] = "1";
        start.Environment["CI"] = "true";
        foreach (var (name, value) in environment)
            start.Environment[name] = value;

        using var process = Process.Start(start)!;
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.True(process.ExitCode == 0, $"npm {string.Join(' ', arguments)} ended with {process.ExitCode}:{Environment.NewLine}{await output}{await error}");
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    private static async Task<FileStream> AcquireLockAsync(CancellationToken cancellationToken)
    {
        var path = Path.Combine(Folder, ".install.lock");
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (File.Exists(path))
            {
                // Held by another process that installs right now; the system frees it when that one ends, however it ends.
                await Task.Delay(LockRetry, cancellationToken);
            }
        }
    }
}
