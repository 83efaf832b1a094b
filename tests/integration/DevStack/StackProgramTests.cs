using System.Net;
using System.Net.Sockets;
using MyriadSync.DevStack.Azurite;

namespace MyriadSync.IntegrationTests.DevStack;

public sealed class StackProgramTests : IDisposable
{
    private readonly TemporaryFolder _data = new();
    private readonly IReadOnlyList<int> _ports = StackProgram.FreePorts();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task Ready_AllOfItAnswers_AndSigtermLeavesNothing()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Needs SIGTERM: run on Linux or macOS.");
        using var stack = new StackProgram(_data.Path, _ports);
        using var http = new HttpClient { DefaultRequestHeaders = { Accept = { new("application/json") } } };

        await stack.ReadyAsync();
        var app = await http.GetAsync(new Uri($"http://127.0.0.1:{_ports[0]}/api/v1/health/ready"), Cancel);
        var hbase = await http.GetAsync(new Uri($"http://127.0.0.1:{_ports[1]}/namespaces"), Cancel);
        var scheduler = await http.GetAsync(new Uri($"http://127.0.0.1:{_ports[2]}/api/state"), Cancel);
        stack.Terminate();
        await stack.ExitAsync();

        Assert.StartsWith($"MyriadSync is ready: http://127.0.0.1:{_ports[0]}", stack.Output, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.OK), (app.StatusCode, hbase.StatusCode, scheduler.StatusCode));
        Assert.Equal(0, stack.ExitCode);
        await AssertNothingIsLeftAsync();
    }

    [Fact]
    public async Task Kill_WhileItRuns_LeavesNothing()
    {
        using var stack = new StackProgram(_data.Path, _ports);
        await stack.ReadyAsync();

        stack.Kill();

        await AssertNothingIsLeftAsync();
    }

    [Fact]
    public async Task Kill_WhileAzuriteStarts_LeavesNothing()
    {
        using var stack = new StackProgram(_data.Path, _ports);
        await Eventually.TrueAsync("Azurite is on its way", () => Directory.Exists(Path.Combine(_data.Path, "azurite")), TimeSpan.FromSeconds(120));

        stack.Kill();

        await AssertNothingIsLeftAsync();
    }

    [Fact]
    public async Task Kill_OfTheDotnetRunThatStartedIt_LeavesNothing()
    {
        using var run = StackProgram.ByDotnetRun(_data.Path, _ports);
        await run.ReadyAsync();

        run.Kill();

        await AssertNothingIsLeftAsync();
    }

    [Fact]
    public async Task Start_PortInUse_NamesTheOptionAndStartsNothing()
    {
        using var taken = new TcpListener(IPAddress.Loopback, _ports[1]);
        taken.Start();

        using var stack = new StackProgram(_data.Path, _ports);
        await stack.ExitAsync();

        Assert.Equal(1, stack.ExitCode);
        Assert.Contains($"Port {_ports[1]}", stack.Output, StringComparison.Ordinal);
        Assert.Contains("--hbase-port", stack.Output, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_data.Path));
    }

    [Fact]
    public async Task Start_DataFolderInUse_SaysSo()
    {
        using var first = new StackProgram(_data.Path, _ports);
        await first.ReadyAsync();

        using var second = new StackProgram(_data.Path, StackProgram.FreePorts());
        await second.ExitAsync();

        Assert.Equal(1, second.ExitCode);
        Assert.Contains("--data", second.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_Fresh_ForgetsTheRunBefore()
    {
        var first = await KeyOfOneRunAsync();
        var second = await KeyOfOneRunAsync();

        var fresh = await KeyOfOneRunAsync("--fresh");

        Assert.Equal(first, second);
        Assert.NotEqual(first, fresh);
    }

    private async Task<string> KeyOfOneRunAsync(params string[] more)
    {
        using var stack = new StackProgram(_data.Path, _ports, more);
        await stack.ReadyAsync();
        stack.Kill();
        await AssertNothingIsLeftAsync();
        return await File.ReadAllTextAsync(Path.Combine(_data.Path, "token-key.pem"), Cancel);
    }

    private async Task AssertNothingIsLeftAsync()
    {
        await Eventually.TrueAsync("all ports are free", () => _ports.All(Ports.IsFree));
        if (OperatingSystem.IsLinux())
            await Eventually.TrueAsync("no process names the data folder", () => !CommandLines().Any(line => line.Contains(_data.Path, StringComparison.Ordinal)));
    }

    private static IEnumerable<string> CommandLines()
    {
        foreach (var folder in Directory.EnumerateDirectories("/proc").Where(folder => char.IsAsciiDigit(Path.GetFileName(folder)[0])))
        {
            string line;
            try
            {
                line = File.ReadAllText(Path.Combine(folder, "cmdline"));
            }
            catch (IOException)
            {
                // It ended while we looked.
                continue;
            }

            yield return line;
        }
    }
}
