using System.Collections.Concurrent;
using System.Diagnostics;
using MyriadSync.DevStack.Azurite;

namespace MyriadSync.DevStack.Apps;

/// <summary>
/// The function app as a process of its own: the same <c>MyriadSync.Functions.dll</c> with its own <c>Main</c>, told everything by environment
/// variables. It can be killed at any instruction, and dies with this process.
/// </summary>
internal sealed class AppProcess : IApp
{
    private const int KeptLines = 100;
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(10);

    private readonly IReadOnlyDictionary<string, string> _settings;
    private readonly HealthCheck _health;
    private readonly TimeProvider _time;
    private readonly ConcurrentQueue<string> _lines = new();
    private Process? _process;

    /// <param name="settings">Its settings, its port among them.</param>
    /// <param name="health">Tells when it answers.</param>
    /// <param name="time">Measures how long it takes to stop.</param>
    public AppProcess(IReadOnlyDictionary<string, string> settings, HealthCheck health, TimeProvider time)
    {
        _settings = settings;
        _health = health;
        _time = time;
    }

    /// <inheritdoc />
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var startInfo = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "MyriadSync.Functions.dll")])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        startInfo.Environment["DOTNET_STARTUP_HOOKS"] = typeof(AzuriteProcess).Assembly.Location;
        // Who is killed leaves the pipes of the runtime's debugger in the temporary folder for ever.
        startInfo.Environment.TryAdd("DOTNET_EnableDiagnostics", "0");
        foreach (var (key, value) in _settings)
            startInfo.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;

        var process = Process.Start(startInfo)!;
        _process = process;
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await _health.LiveAsync(() => process.HasExited ? $"it ended with exit code {process.ExitCode}: {string.Join(Environment.NewLine, _lines)}" : null, cancellationToken);
    }

    /// <inheritdoc />
    public async Task StopAsync()
    {
        if (_process is not { } process)
            return;

        process.StandardInput.Close();
        try
        {
            await process.WaitForExitAsync().WaitAsync(StopTimeout, _time);
        }
        catch (TimeoutException)
        {
            process.Kill();
        }

        Release(process);
    }

    /// <summary>The operating system's id of it, while it runs.</summary>
    public int ProcessId => _process!.Id;

    /// <summary>Ends it between two instructions, as the power would.</summary>
    public void Kill()
    {
        if (_process is not { } process)
            return;

        process.Kill();
        process.WaitForExit();
        Release(process);
    }

    private void Keep(string? line)
    {
        if (line is null)
            return;
        _lines.Enqueue(line);
        if (_lines.Count > KeptLines)
            _lines.TryDequeue(out _);
    }

    private void Release(Process process)
    {
        process.Dispose();
        _process = null;
    }
}
