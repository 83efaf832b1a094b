using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace MyriadSync.Benchmarks.Peers;

/// <summary>A process of pouchdb-server on 127.0.0.1, with a folder of its own. It ends with <see cref="DisposeAsync"/>.</summary>
internal sealed class PouchServer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly DirectoryInfo _folder;

    private PouchServer(Process process, DirectoryInfo folder, Uri address) => (_process, _folder, Address) = (process, folder, address);

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>Starts one and waits until it answers.</summary>
    /// <param name="inMemory">False: leveldb.</param>
    public static async Task<PouchServer> StartAsync(bool inMemory)
    {
        var modules = await InstallAsync();
        var (port, folder) = (FreePort(), Directory.CreateTempSubdirectory("pouchdb-server"));
        var script = Path.Combine(modules, "pouchdb-server", "bin", "pouchdb-server");
        List<string> arguments = [script, "--host", "127.0.0.1", "--port", port.ToString(CultureInfo.InvariantCulture), "--dir", folder.FullName, "--no-stdout-logs"];
        if (inMemory)
        {
            arguments.Add("--in-memory");
        }

        var process = Process.Start(new ProcessStartInfo("node", arguments) { WorkingDirectory = folder.FullName, RedirectStandardOutput = true, RedirectStandardError = true })
            ?? throw new InvalidOperationException("node could not be started.");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var server = new PouchServer(process, folder, new Uri($"http://127.0.0.1:{port}/"));
        AppDomain.CurrentDomain.ProcessExit += (_, _) => server.End();
        await server.ReadyAsync();
        return server;
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync()
    {
        End();
        _process.Dispose();
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    private void End()
    {
        try
        {
            _process.Kill();
            _process.WaitForExit();
        }
        catch (InvalidOperationException)
        {
            // It has ended, or was ended before.
        }
    }

    private async Task ReadyAsync()
    {
        using var http = new HttpClient();
        for (var begin = Stopwatch.GetTimestamp(); ; await Task.Delay(100))
        {
            try
            {
                using var answer = await http.GetAsync(Address);
                return;
            }
            catch (HttpRequestException) when (!_process.HasExited && Stopwatch.GetElapsedTime(begin) < Patience)
            {
                // Not yet.
            }
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>The packages, installed on the first run.</summary>
    private static async Task<string> InstallAsync()
    {
        var folder = Path.Combine(NodePackages.Folder(), "Peers");
        if (!Directory.Exists(Path.Combine(folder, "node_modules", "pouchdb-server")))
        {
            Console.WriteLine("Installing pouchdb-server (npm, once) ...");
            await NodePackages.InstallAsync(folder);
        }

        return Path.Combine(folder, "node_modules");
    }
}
