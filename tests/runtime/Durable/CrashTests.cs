using System.Text.Json;
using MyriadSync.FunctionsRuntime.Tests.Support;

namespace MyriadSync.FunctionsRuntime.Tests.Durable;

/// <summary>A host in a process of its own is killed at random points, again and again, on the same state.</summary>
public sealed class CrashTests : IDisposable
{
    private const int Kills = 10;
    private const int InstancesPerRun = 12;
    private const int Results = 9;

    private readonly TempFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Host_KilledAtRandomPoints_FinishesEveryAcknowledgedInstanceAndLosesNoResult()
    {
        var seed = Environment.TickCount;
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var journal = _folder.File("journal");

        for (var run = 0; run < Kills; run++)
        {
            using var child = ChildProcess.Start("walk", _folder.StateFile, journal, $"run{run}", $"{InstancesPerRun}");
            await child.WaitForLineAsync(run % 3 == 0 ? "started" : "acknowledged", Token);
            await Task.Delay(random.Next(250), Token);
            await child.KillAsync();
        }

        using var check = ChildProcess.Start("check", _folder.StateFile, journal);
        var outputs = JsonSerializer.Deserialize<Dictionary<string, string>>(await check.ReadToEndAsync(Token))!;
        var lines = (await File.ReadAllLinesAsync(journal, Token)).Select(l => l.Split(' ')).ToList();
        var acknowledged = lines.Where(l => l[0] == "ack").Select(l => l[1]).ToList();
        var steps = lines.Where(l => l[0] == "step").ToLookup(l => l[1]);

        Assert.NotEmpty(acknowledged);
        Assert.All(acknowledged, id => Assert.True(outputs.ContainsKey(id), $"{id} was acknowledged and is lost"));
        Assert.All(outputs, o => AssertConsistent(o.Key, o.Value, [.. steps[o.Key]]));
    }

    private static void AssertConsistent(string id, string output, IReadOnlyList<string[]> steps)
    {
        Assert.True(output.StartsWith('['), $"{id}: {output}");
        var numbers = JsonSerializer.Deserialize<long[]>(output)!;
        Assert.Equal(Results, numbers.Length);

        // Every execution of a step was told the same number, and the number in the output is one that an execution returned.
        foreach (var step in steps.GroupBy(s => s[2]))
            Assert.True(step.Select(s => s[3]).Distinct().Count() == 1, $"{id}: step {step.Key} was called with {string.Join(" and ", step.Select(s => s[3]).Distinct())}");
        var returned = steps.Select(s => long.Parse(s[4], System.Globalization.CultureInfo.InvariantCulture)).ToHashSet();
        Assert.All(numbers, n => Assert.Contains(n, returned));
    }
}
