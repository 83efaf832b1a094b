using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace MyriadSync.DevStack.Azurite;

/// <summary>The Node.js of this machine: is it there, is it new enough, and a way to run npm.</summary>
internal static class NodeJs
{
    /// <summary>Oldest major version that the tests run on.</summary>
    private const int OldestMajor = 20;

    private static readonly string Remedy = $"The local stack needs Node.js {OldestMajor} or newer with npm on the PATH (https://nodejs.org); it runs Azurite, the storage account, and builds the demo.";

    /// <exception cref="LocalStackException">There is no Node.js, or one that is too old.</exception>
    public static async Task DemandAsync(CancellationToken cancellationToken)
    {
        var (_, version) = await RunAsync("node", ["--version"], null, cancellationToken);
        var major = version.TrimStart('v').Split('.')[0];
        if (!int.TryParse(major, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < OldestMajor)
            throw new LocalStackException($"Found Node.js {version.Trim()}. {Remedy}");
    }

    /// <summary>Runs npm to its end.</summary>
    /// <returns>Its exit code and what it wrote.</returns>
    public static Task<(int ExitCode, string Output)> RunNpmAsync(string folder, IReadOnlyList<string> arguments, CancellationToken cancellationToken) =>
        // npm is a batch file on Windows, which only its shell can start.
        OperatingSystem.IsWindows()
            ? RunAsync("cmd.exe", ["/d", "/c", "npm", .. arguments], folder, cancellationToken)
            : RunAsync("npm", arguments, folder, cancellationToken);

    /// <summary>Runs a script of a folder to its end. Its standard input ends with this process, for a script that wants to end then too.</summary>
    /// <returns>Its exit code and what it wrote.</returns>
    public static Task<(int ExitCode, string Output)> RunScriptAsync(string folder, IReadOnlyList<string> arguments, CancellationToken cancellationToken) =>
        RunAsync("node", arguments, folder, cancellationToken);

    /// <summary>Starts a program, or says that Node.js is missing.</summary>
    public static Process Start(ProcessStartInfo startInfo)
    {
        try
        {
            return Process.Start(startInfo)!;
        }
        catch (Win32Exception)
        {
            throw new LocalStackException($"Cannot start \"{startInfo.FileName}\". {Remedy}");
        }
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(string program, IReadOnlyList<string> arguments, string? folder, CancellationToken cancellationToken)
    {
        var startInfo = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        using var process = Start(startInfo);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var error = process.StandardError.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return (process.ExitCode, await output + await error);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }
}
