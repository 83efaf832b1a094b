using System.Diagnostics;
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

    private readonly Process _process;
    private readonly string _data;

    private HBaseProcess(Process process, Uri address, string data)
    {
        (_process, _data) = (process, data);
        Address = address;
    }

    /// <summary>The REST gateway.</summary>
    public Uri Address { get; }

    /// <summary>The script that starts one, or null if it is not there.</summary>
    public static string? Script => SharedFolder.Find("hbase/run.sh");

    /// <summary>Starts one and waits until it answers.</summary>
    /// <param name="script">The script.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="InvalidOperationException">It did not come up; the message has what it wrote.</exception>
    public static async Task<HBaseProcess> StartAsync(string script, CancellationToken cancellationToken = default)
    {
        var port = FreePortBlock();
        var data = Directory.CreateTempSubdirectory("myriadsync-hbase-").FullName;
        var start = new ProcessStartInfo("bash", ["-c", Watch, script])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["HBASE_REST_PORT"] = $"{port}", ["HBASE_DATA"] = data },
        };
        var process = Process.Start(start)!;
        var errors = new StringBuilder();
        process.ErrorDataReceived += (_, line) => errors.AppendLine(line.Data);
        process.BeginErrorReadLine();

        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        enough.CancelAfter(StartTime);
        while (await process.StandardOutput.ReadLineAsync(enough.Token) is { } line)
        {
            if (line.StartsWith("ready ", StringComparison.Ordinal))
                return new HBaseProcess(process, new Uri($"http://127.0.0.1:{port}"), data);
        }
        throw new InvalidOperationException($"HBase did not come up: {errors}");
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_data, recursive: true);
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
