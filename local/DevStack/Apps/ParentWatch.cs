using System.Diagnostics;
using System.Runtime.InteropServices;

namespace MyriadSync.DevStack.Apps;

/// <summary>
/// Ends the stack when the <c>dotnet run</c> that started it is killed. On Windows dotnet does that itself, by a job object; on Linux and
/// macOS the stack would be handed to init and go on. A shell as the parent is left alone: it may end on purpose while the stack runs on.
/// </summary>
internal static partial class ParentWatch
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    /// <summary>Completes when the parent is gone; never if there is none to watch.</summary>
    public static async Task GoneAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        var parent = OperatingSystem.IsWindows() ? 0 : ParentId();
        if (!IsDotnet(parent))
            await Task.Delay(Timeout.InfiniteTimeSpan, time, cancellationToken);
        while (ParentId() == parent)
            await Task.Delay(Interval, time, cancellationToken);
    }

    private static bool IsDotnet(int processId)
    {
        if (processId <= 1)
            return false;
        try
        {
            using var process = Process.GetProcessById(processId);
            return process.ProcessName == "dotnet";
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "getppid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int ParentId();
}
