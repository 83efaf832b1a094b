using System.Diagnostics;

namespace MyriadSync.FunctionsRuntime.Tests.Support;

/// <summary>The host in a process of its own.</summary>
internal sealed class ChildProcess : IDisposable
{
    private readonly Process _process;

    private ChildProcess(Process process) => _process = process;

    public static ChildProcess Start(params string[] arguments)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "MyriadSync.FunctionsRuntime.Child.dll");
        var start = new ProcessStartInfo("dotnet", [program, .. arguments]) { RedirectStandardOutput = true };
        // Who is killed leaves the pipes of the runtime's debugger in the temporary folder for ever.
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        return new(Process.Start(start)!);
    }

    public async Task WaitForLineAsync(string line, CancellationToken cancellationToken)
    {
        while (await _process.StandardOutput.ReadLineAsync(cancellationToken) is { } read)
        {
            if (read == line)
                return;
        }

        throw new InvalidOperationException($"The child ended without '{line}'.");
    }

    public async Task<string> ReadToEndAsync(CancellationToken cancellationToken)
    {
        var text = await _process.StandardOutput.ReadToEndAsync(cancellationToken);
        await _process.WaitForExitAsync(cancellationToken);
        return _process.ExitCode == 0 ? text : throw new InvalidOperationException($"The child ended with {_process.ExitCode}: {text}");
    }

    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }
}
