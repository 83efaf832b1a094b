using System.Text.Json;
using Microsoft.DurableTask.Client;

namespace MyriadSync.FunctionsRuntime.Child;

internal static class CheckCommand
{
    public static async Task<int> RunAsync(string stateFile, string journalPath)
    {
        using var host = await ChildHost.StartAsync(stateFile, journalPath);
        var client = host.GetDurableTaskClient();
        var outputs = new Dictionary<string, string>();
        await foreach (var instance in client.GetAllInstancesAsync())
        {
            var ended = await client.WaitForInstanceCompletionAsync(instance.InstanceId, getInputsAndOutputs: true);
            outputs[ended.InstanceId] = ended.RuntimeStatus == OrchestrationRuntimeStatus.Completed ? ended.SerializedOutput! : $"{ended.RuntimeStatus} {ended.FailureDetails}";
        }

        Console.WriteLine(JsonSerializer.Serialize(outputs));
        await host.StopAsync();
        return 0;
    }
}
