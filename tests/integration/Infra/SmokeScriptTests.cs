using System.Diagnostics;
using MyriadSync.DevStack;
using MyriadSync.DevStack.Tokens;

namespace MyriadSync.IntegrationTests.Infra;

/// <summary>infra/smoke.sh asks an app what a deployment has to answer; here it asks one that is known to be well, and one that is not.</summary>
public sealed class SmokeScriptTests(SharedAzurite azurite)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Smoke_SoundApp_PutsDeletesAndPulls()
    {
        SkipWithoutBash();
        await using var stack = await azurite.StartStackAsync();

        var (exit, output) = await RunAsync(stack, Token(stack, "read", "write"));

        Assert.True(exit == 0, output);
        Assert.Contains("put, deleted, applied and pulled", output, StringComparison.Ordinal);
        Assert.DoesNotContain(Token(stack, "read", "write")[..20], output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Smoke_TokenThatMayNotWrite_Fails()
    {
        SkipWithoutBash();
        await using var stack = await azurite.StartStackAsync();

        var (exit, output) = await RunAsync(stack, Token(stack, "read"));

        Assert.NotEqual(0, exit);
        Assert.Contains("403", output, StringComparison.Ordinal);
    }

    private static void SkipWithoutBash() => Assert.SkipWhen(OperatingSystem.IsWindows(), "The script needs bash: run the tests on Linux or macOS.");

    private static string Token(LocalStack stack, params string[] roles) => stack.Tokens.Create(new DevTokenRequest { Sub = "smoke", Roles = roles, Datasets = ["smoke"] });

    private static async Task<(int Exit, string Output)> RunAsync(LocalStack stack, string token)
    {
        var start = new ProcessStartInfo("bash", [Path.Combine(Repository.Root, "infra", "smoke.sh"), stack.BaseAddress.ToString()]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["MYRIADSYNC_TOKEN"] = token;
        start.Environment["MYRIADSYNC_ORIGIN"] = "http://localhost:5173";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(Cancel);
        var errors = process.StandardError.ReadToEndAsync(Cancel);
        await process.WaitForExitAsync(Cancel);
        return (process.ExitCode, await output + await errors);
    }
}
