using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MyriadSync.ConformanceTests.Support;

/// <summary>
/// A real HBase with its REST gateway, started by <c>run.sh</c> on a free block of ports, with a data folder of its own that goes with it. It
/// ends when it is disposed of, and also when this process dies: its standard input ends then.
/// </summary>
public sealed class HBaseProcess : IAsyncDisposable
{
    // The script cleans up when it is terminated; somebody has to tell it, and bash takes the standard input away from what it runs in the background.
    private const string Watch = """exec 3<&0; bash "$0" </dev/null & run=$!; (cat <&3 >/dev/null; kill $run) & wait $run""";

    private const int PortsNeeded = 4;

    private static readonly TimeSpan StartTime = TimeSpan.FromMinutes(2);

    private readonly string _script;
    private readonly int _port;
    private readonly string _data;
    private Process? _process;
    private int _server;

    private HBaseProcess(string script, int port, string data) => (_script, _port, _data) = (script, port, data);

    /// <summary>The REST gateway.</summary>
    public Uri Address => new($"http://127.0.0.1:{_port}");

    /// <summary>The script that starts one, or null if it is not there.</summary>
    public static string? Script => SharedFolder.Find("hbase/run.sh");

    /// <summary>Starts one and waits until it answers.</summary>
    /// <param name="script">The script.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="InvalidOperationException">It did not come up; the message has what it wrote.</exception>
    public static async Task<HBaseProcess> StartAsync(string script, CancellationToken cancellationToken = default)
    {
        var hbase = new HBaseProcess(script, FreePortBlock(), Directory.CreateTempSubdirectory("myriadsync-hbase-").FullName);
        await hbase.LaunchAsync(cancellationToken);
        return hbase;
    }

    /// <summary>Ends region server and master between two instructions (kill -9). The gateway goes on, with nothing behind it.</summary>
    public void KillServer()
    {
        using var server = Process.GetProcessById(_server);
        server.Kill();
    }

    /// <summary>Ends what still runs, and starts all of it again on the same port and data.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task RestartAsync(CancellationToken cancellationToken)
    {
        await StopAsync();
        await LaunchAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(_data, recursive: true);
    }

    private async Task LaunchAsync(CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("bash", ["-c", Watch, _script])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["HBASE_REST_PORT"] = $"{_port}", ["HBASE_DATA"] = _data },
        };
        _process = Process.Start(start)!;
        var errors = new StringBuilder();
        _process.ErrorDataReceived += (_, line) => errors.AppendLine(line.Data);
        _process.BeginErrorReadLine();

        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        enough.CancelAfter(StartTime);
        while (await _process.StandardOutput.ReadLineAsync(enough.Token) is { } line)
        {
            if (!line.StartsWith("ready ", StringComparison.Ordinal))
                continue;
            _server = int.Parse(line.Split("master-pid=")[1].Split(' ')[0], CultureInfo.InvariantCulture);
            return;
        }
        throw new InvalidOperationException($"HBase did not come up: {errors}");
    }

    private async Task StopAsync()
    {
        if (_process is null)
            return;
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    /// <summary>The first of a block of free ports, below those that the system hands out.</summary>
    private static int FreePortBlock()
    {
        for (var port = 21000 + (Environment.ProcessId % 1000 * PortsNeeded); port < 30000; port += PortsNeeded)
        {
            if (Enumerable.Range(port, PortsNeeded).All(IsFree))
                return port;
        }
        throw new InvalidOperationException("No four free ports in a row below 30000.");
    }

    private static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
