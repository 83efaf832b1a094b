using MyriadSync.Configuration;
using MyriadSync.DevStack;
using MyriadSync.Orchestration.Rebuild;

namespace MyriadSync.IntegrationTests.Rebuild;

/// <summary>Runs the command's work on a stack whose app is stopped.</summary>
internal static class RebuildRun
{
    /// <summary>Rebuilds all logs.</summary>
    public static async Task<RebuildAnswer> OfAsync(LocalStack stack, string? dataset = null)
    {
        using var app = stack.BuildApp();
        return await app.Services.RebuildLogsAsync(dataset, alone: true, TestContext.Current.CancellationToken);
    }

    /// <summary>Stops the app, puts tables in the place of those that are there, rebuilds all logs, and starts the app.</summary>
    public static async Task<RebuildAnswer> RestoreAsync(GatedApp app, TableCopy copy)
    {
        await app.Stack.StopAppAsync();
        await copy.RestoreAsync(app.Tables());
        var answer = await OfAsync(app.Stack);
        await app.Stack.StartAppAsync(TestContext.Current.CancellationToken);
        return answer;
    }
}
