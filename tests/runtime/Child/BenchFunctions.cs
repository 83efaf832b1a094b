using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace MyriadSync.FunctionsRuntime.Child;

public static class BenchFunctions
{
    [Function(nameof(Four))]
    public static async Task Four([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        for (var i = 0; i < 4; i++)
            await context.CallActivityAsync(nameof(Empty), "input");
    }

    [Function(nameof(Empty))]
    public static string Empty([ActivityTrigger] string input) => input;
}
