using System.Diagnostics;

namespace MyriadSync.ConformanceTests.EmulatorOnly;

/// <summary>The emulator as a process of its own, when it cannot start.</summary>
public sealed class ProcessTests
{
    [Fact]
    public async Task Start_PortInUse_SaysWhichOptionMovesIt()
    {
        await using var emulator = await EmulatorFixture.StartAsync();

        var (exitCode, error) = await RunAsync("--hbase-port", $"{emulator.Host.HBaseAddress.Port}", "--scheduler-port", "0");

        Assert.Equal(1, exitCode);
        Assert.Contains($"{emulator.Host.HBaseAddress.Port}", error, StringComparison.Ordinal);
        Assert.Contains("--hbase-port", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_DataFileInUse_SaysSo()
    {
        var folder = Directory.CreateTempSubdirectory("myriadsync-emulator-");
        var file = Path.Combine(folder.FullName, "emulator.db");
        await using (await EmulatorFixture.StartAsync(file))
        {
            var (exitCode, error) = await RunAsync("--hbase-port", "0", "--scheduler-port", "0", "--data", file);

            Assert.Equal(1, exitCode);
            Assert.Contains(file, error, StringComparison.Ordinal);
        }
        folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData("--bogus", "1")]
    [InlineData("--hbase-port", "seven")]
    [InlineData("--data")]
    public async Task Start_UnknownArguments_TellsTheUsage(params string[] arguments)
    {
        var (exitCode, error) = await RunAsync(arguments);

        Assert.Equal(2, exitCode);
        Assert.StartsWith("Usage:", error, StringComparison.Ordinal);
    }

    private static async Task<(int ExitCode, string Error)> RunAsync(params string[] arguments)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "MyriadSync.MyriadEmulator.dll");
        using var process = Process.Start(new ProcessStartInfo("dotnet", [program, .. arguments]) { RedirectStandardError = true })!;
        var error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, error);
    }
}
