using Microsoft.DurableTask;
using Microsoft.Extensions.DependencyInjection;

namespace MyriadSync.FunctionsRuntime.Child;

internal static class WalkCommand
{
    public static async Task<int> RunAsync(string stateFile, string journalPath, string prefix, int count)
    {
        using var host = await ChildHost.StartAsync(stateFile, journalPath);
        var client = host.GetDurableTaskClient();
        var journal = host.Services.GetRequiredService<Journal>();
        Console.WriteLine("started");
        for (var i = 0; i < count; i++)
        {
            var id = await client.ScheduleNewOrchestrationInstanceAsync(nameof(WalkFunctions.Walk), "x", new StartOrchestrationOptions($"{prefix}-{i}"));
            journal.Write($"ack {id}");
            if (i == 0)
                Console.WriteLine("acknowledged");
        }

        await Task.Delay(Timeout.Infinite);
        return 0;
    }
}
