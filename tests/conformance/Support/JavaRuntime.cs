using System.ComponentModel;
using System.Diagnostics;

namespace MyriadSync.ConformanceTests.Support;

/// <summary>The Java that the real HBase needs.</summary>
public static class JavaRuntime
{
    /// <summary>Whether <c>java</c> is on the path and is version 17.</summary>
    public static async Task<bool> IsThereAsync()
    {
        try
        {
            using var java = Process.Start(new ProcessStartInfo("java", ["-version"]) { RedirectStandardError = true })!;
            var version = await java.StandardError.ReadToEndAsync();
            await java.WaitForExitAsync();
            return version.Contains("version \"17", StringComparison.Ordinal);
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
