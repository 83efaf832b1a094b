using System.Diagnostics;
using System.Text.RegularExpressions;
using MyriadSync.DevStack;

namespace MyriadSync.IntegrationTests.Docs;

/// <summary>Runs the tour of the README, block by block, in one shell. A line <c># =&gt; text</c> says what the command before it must have printed.</summary>
public sealed partial class ReadmeTourTests(SharedAzurite azurite)
{
    private const string Expectation = "# => ";

    [Fact]
    public async Task Tour_OnAFreshStack_PrintsWhatItSays()
    {
        Assert.SkipUnless(File.Exists("/bin/bash"), "The tour is written for bash.");
        await using var stack = await azurite.StartStackAsync(new LocalStackOptions { Settings = new Dictionary<string, string> { [StoreFolder.Setting] = StoreFolder.Shipped } });
        var steps = Steps(await File.ReadAllTextAsync(Path.Combine(Repository.Root, "README.md"), TestContext.Current.CancellationToken));
        var script = string.Join('\n', steps.Select((step, i) => $"{step.Command}\nprintf '\\n== %s\\n' {i}"))
            .Replace("127.0.0.1:7071", $"127.0.0.1:{stack.Options.Port}", StringComparison.Ordinal)
            .Replace("127.0.0.1:8080", stack.HBaseAddress.Authority, StringComparison.Ordinal);

        var outputs = await RunAsync(script, steps.Count);

        for (var i = 0; i < steps.Count; i++)
        {
            Assert.All(steps[i].Expected, expected => Assert.Contains(expected, outputs[i], StringComparison.Ordinal));
        }

        Assert.True(steps.Sum(step => step.Expected.Count) > 10, "The tour expects hardly anything.");
    }

    /// <summary>Commands of the tour's blocks, cut after each run of expectations.</summary>
    private static List<(string Command, List<string> Expected)> Steps(string readme)
    {
        var steps = new List<(string, List<string>)>();
        foreach (var block in Blocks().Matches(readme[readme.IndexOf("## A tour", StringComparison.Ordinal)..]).Select(match => match.Groups[1].Value))
        {
            if (block.StartsWith("dotnet run", StringComparison.Ordinal))
            {
                continue;
            }

            var (command, expected) = (new List<string>(), new List<string>());
            foreach (var line in block.Split('\n'))
            {
                if (line.StartsWith(Expectation, StringComparison.Ordinal))
                {
                    expected.Add(line[Expectation.Length..]);
                    continue;
                }

                if (expected.Count > 0)
                {
                    steps.Add((string.Join('\n', command), expected));
                    (command, expected) = ([], []);
                }

                command.Add(line);
            }

            steps.Add((string.Join('\n', command), expected));
        }

        return steps;
    }

    private static async Task<string[]> RunAsync(string script, int steps)
    {
        using var bash = Process.Start(new ProcessStartInfo("/bin/bash", ["-s"]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
        await bash.StandardInput.WriteAsync("set -euo pipefail\n" + script + "\n");
        bash.StandardInput.Close();
        var (output, error) = (bash.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), bash.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        await bash.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(bash.ExitCode == 0, $"The tour ended with {bash.ExitCode}: {await error}\n{await output}");
        var outputs = Ends().Split(await output);
        Assert.Equal(steps + 1, outputs.Length);
        return outputs;
    }

    [GeneratedRegex("```bash\n(.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex Blocks();

    [GeneratedRegex(@"\n== \d+\n")]
    private static partial Regex Ends();
}
