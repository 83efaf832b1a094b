using System.Reflection;

namespace MyriadSync.DevStack.Azurite;

/// <summary>The npm packages of Azurite, in <c>local/DevStack/Azurite/node_modules</c>.</summary>
internal static class AzuriteInstallation
{
    private static readonly string[] Options = ["--omit=dev"];

    /// <summary>Installs if need be; several processes may ask at once, one of them installs.</summary>
    /// <returns>The folder that holds <c>run.cjs</c> and the installed packages.</returns>
    /// <exception cref="LocalStackException">Node.js or npm is missing, or npm failed; the message says what to do.</exception>
    public static async Task<string> EnsureAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        var folder = Locate();
        await NodePackages.EnsureAsync(folder, "Azurite", Options, time, cancellationToken);
        return folder;
    }

    private static string Locate()
    {
        var folder = typeof(AzuriteInstallation).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(a => a.Key == "AzuriteFolder").Value!;
        return File.Exists(Path.Combine(folder, "package-lock.json"))
            ? folder
            : throw new LocalStackException($"Azurite's package-lock.json is not in {folder}. The repository was moved after the build: build it again.");
    }
}
