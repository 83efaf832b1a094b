using System.Diagnostics.CodeAnalysis;

/// <summary>
/// Loaded by .NET into the process of an <c>AppProcess</c> before its <c>Main</c> (DOTNET_STARTUP_HOOKS), so that the app under test is the
/// unchanged app and yet never outlives who started it: the system closes the pipe on standard input however the parent ends. It is in this
/// assembly because this one needs nothing that the app would then have to find, and holds nothing that it could take for a function.
/// </summary>
[SuppressMessage("Performance", "CA1812:Avoid uninstantiated internal classes", Justification = ".NET finds it by name.")]
internal sealed class StartupHook
{
    /// <summary>Called by .NET.</summary>
    public static void Initialize() => new Thread(ExitWithParent) { IsBackground = true, Name = "Parent watch" }.Start();

    private static void ExitWithParent()
    {
        using var pipe = Console.OpenStandardInput();
        while (pipe.ReadByte() >= 0)
        {
            // Nothing is ever sent; only the end matters.
        }

        // The app keeps its promises over a kill -9, so its end needs no ceremony.
        Environment.Exit(0);
    }
}
