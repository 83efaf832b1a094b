using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace MyriadSync.FunctionsRuntime.Child;

/// <summary>
/// An orchestration whose every step returns a new random number and is told the one before. If a recorded result were ever lost, a later
/// step would be seen with two different numbers.
/// </summary>
public sealed class WalkFunctions(Journal journal)
{
    public const int Steps = 6;

    [Function(nameof(Walk))]
    public static async Task<long[]> Walk([OrchestrationTrigger] TaskOrchestrationContext context, string start)
    {
        var numbers = new List<long>();
        long previous = 0;
        for (var step = 0; step < Steps; step++)
        {
            previous = await context.CallActivityAsync<long>(nameof(Step), new StepInput($"{step}", previous));
            numbers.Add(previous);
            context.SetCustomStatus(step);
        }

        await context.CreateTimer(TimeSpan.FromMilliseconds(15), CancellationToken.None);
        var fan = await Task.WhenAll(Enumerable.Range(0, 3).Select(i => context.CallActivityAsync<long>(nameof(Step), new StepInput($"fan{i}", previous))));
        numbers.AddRange(fan);
        return [.. numbers];
    }

    [Function(nameof(Step))]
    public async Task<long> Step([ActivityTrigger] StepInput input, string instanceId)
    {
        await Task.Delay(Random.Shared.Next(5));
        var number = Random.Shared.NextInt64();
        journal.Write($"step {instanceId} {input.Step} {input.Previous} {number}");
        return number;
    }
}
