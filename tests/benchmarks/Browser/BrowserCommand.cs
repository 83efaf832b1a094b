using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using MyriadSync.Benchmarks.Load;
using MyriadSync.DevStack;
using MyriadSync.DevStack.Tokens;
using MyriadSync.E2ETests;

namespace MyriadSync.Benchmarks.Browser;

/// <summary>What a browser takes for the first load of every city, and for the edits of a day offline: the client in Chromium on a real stack.</summary>
internal static class BrowserCommand
{
    /// <summary>0: every target was met.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        if (Chromium.Find() is not { } chromium)
        {
            Console.WriteLine($"No Chromium or Chrome on this machine. Install one, or name its path in {Chromium.Variable}.");
            return 2;
        }

        var cities = await Cities.ReadAsync();
        if (Arguments.Number(args, "--cities") is { } most)
        {
            cities = [.. cities.Take(most)];
        }

        await using var stack = await LocalStack.StartAsync(new LocalStackOptions());
        string Token(string sub) => stack.Tokens.Create(new DevTokenRequest { Sub = sub });
        Console.WriteLine($"Pushing {cities.Count:N0} cities ...");
        using var host = Process.GetCurrentProcess();
        await LoadCommand.PushAsync(stack, Token, cities, host, CancellationToken.None);
        await WarmUpAsync(stack, Token("reader"), CancellationToken.None);

        var results = Path.GetTempFileName();
        try
        {
            await MeasureAsync(stack, chromium, cities.Count, results);
            await using var stream = File.OpenRead(results);
            return BrowserTable.Print((await JsonSerializer.DeserializeAsync<BrowserResults>(stream, JsonSerializerOptions.Web))!);
        }
        finally
        {
            File.Delete(results);
        }
    }

    /// <summary>The page shares this machine with the server: what a server does once, the rest of the push and compiling what reads, is over before the page is looked at.</summary>
    private static async Task WarmUpAsync(LocalStack stack, string token, CancellationToken cancellationToken)
    {
        using var wire = new Wire(stack.BaseAddress, token, LoadCommand.Dataset);
        await wire.AppliedAsync(cancellationToken);
        string? page = null;
        do
        {
            var answer = await wire.SnapshotAsync(page, cancellationToken);
            page = answer.TryGetProperty("nextPage", out var next) ? next.GetString() : null;
        }
        while (page is not null);
    }

    private static async Task MeasureAsync(LocalStack stack, string chromium, int cities, string results)
    {
        var folder = Path.GetFullPath(Path.Combine(NodePackages.Folder(), "..", "..", "client"));
        if (!Directory.Exists(Path.Combine(folder, "node_modules", "playwright-core")))
        {
            await NodePackages.InstallAsync(folder);
        }

        var start = new ProcessStartInfo(OperatingSystem.IsWindows() ? "npm.cmd" : "npm", ["run", "--silent", "measure:browser"]) { WorkingDirectory = folder };
        start.Environment[Chromium.Variable] = chromium;
        start.Environment["MYRIADSYNC_STACK_URL"] = stack.BaseAddress.ToString().TrimEnd('/');
        start.Environment["MYRIADSYNC_MEASURE_DATASET"] = LoadCommand.Dataset;
        start.Environment["MYRIADSYNC_MEASURE_STORE"] = LoadCommand.Store;
        start.Environment["MYRIADSYNC_MEASURE_CITIES"] = cities.ToString(CultureInfo.InvariantCulture);
        start.Environment["MYRIADSYNC_MEASURE_RESULTS"] = results;
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"The measurement ended with {process.ExitCode}.");
        }
    }
}
