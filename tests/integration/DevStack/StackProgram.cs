using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MyriadSync.DevStack.Azurite;

namespace MyriadSync.IntegrationTests.DevStack;

/// <summary>The local stack as its user has it: a program, started from a command line.</summary>
internal sealed class StackProgram : IDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly TaskCompletionSource<bool> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public StackProgram(string data, IReadOnlyList<int> ports, params string[] more)
        : this([Path.Combine(AppContext.BaseDirectory, "MyriadSync.DevStack.dll"), .. Options(data, ports), .. more])
    {
    }

    private StackProgram(IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        // Who is killed leaves the pipes of the runtime's debugger in the temporary folder for ever.
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _process.OutputDataReceived += (_, line) => Take(line.Data);
        _process.ErrorDataReceived += (_, line) => Take(line.Data);
        _process.Exited += (_, _) => _ready.TrySetResult(false);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public int Id => _process.Id;

    public int ExitCode => _process.ExitCode;

    public string Output
    {
        get
        {
            lock (_output)
                return _output.ToString();
        }
    }

    /// <summary>
    /// Six ports: app, HBase, scheduler, and three in a row for Azurite. They are of a range of their own: a stack takes its time to come up, and the servers
    /// of all other tests look for ports meanwhile.
    /// </summary>
    public static IReadOnlyList<int> FreePorts()
    {
        while (true)
        {
            var ports = Enumerable.Range(RandomNumberGenerator.GetInt32(12_000, 19_900), 6).ToList();
            if (ports.TrueForAll(Ports.IsFree))
                return ports;
        }
    }

    /// <summary>The stack as <c>dotnet run</c> starts it.</summary>
    public static StackProgram ByDotnetRun(string data, IReadOnlyList<int> ports) =>
        new(["run", "--no-build", "--project", Path.Combine(Repository.Root, "local", "DevStack"), "--", .. Options(data, ports)]);

    /// <summary>Waits until the stack says that it is ready.</summary>
    public async Task ReadyAsync() =>
        Assert.True(await _ready.Task.WaitAsync(TimeSpan.FromSeconds(120), TestContext.Current.CancellationToken), Output);

    /// <summary>Waits until the program is over.</summary>
    public Task ExitAsync() => _process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(120));

    /// <summary>SIGKILL, to the program alone.</summary>
    public void Kill() => _process.Kill();

    /// <summary>SIGTERM.</summary>
    public void Terminate()
    {
        using var kill = Process.Start("kill", ["-TERM", Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    private static IEnumerable<string> Options(string data, IReadOnlyList<int> ports) =>
    [
        "--no-demo",
        "--data", data,
        "--port", Text(ports[0]),
        "--hbase-port", Text(ports[1]),
        "--scheduler-port", Text(ports[2]),
        "--azurite-port", Text(ports[3]),
    ];

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);

    private void Take(string? line)
    {
        lock (_output)
            _output.AppendLine(line);
        if (line?.StartsWith("Ctrl+C stops", StringComparison.Ordinal) == true)
            _ready.TrySetResult(true);
    }
}
