using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;
using MyriadSync.Configuration;
using MyriadSync.DevStack;
using MyriadSync.DevStack.Azurite;

namespace MyriadSync.Cli;

/// <summary>Lays a store's rows out by the mapping that its file has now.</summary>
internal static class RemapCommand
{
    public const string Help = """
        dotnet run --project local/Cli -- remap <store> [--data <folder>]
            Lays the rows of a store of the local stack out by the mapping that its file has now. Stop the stack before.
            --data <folder>  the stack's folder; default .myriadsync

        dotnet run --project local/Cli -- remap <store> --deployed
            The same for the storage and the cluster that the environment's settings name (docs/DEPLOY.md). Stop the app before.

        A run that was stopped is finished by the next one.
        """;

    /// <summary>Runs the command; 0: the rows lie as the file says.</summary>
    public static Task<int> RunAsync(IReadOnlyList<string> args) => args switch
    {
        [var store, "--deployed"] => OnDeployedAsync(store),
        [var store, "--data", var folder] => OnStackAsync(store, folder),
        [var store] when !store.StartsWith('-') => OnStackAsync(store, ".myriadsync"),
        _ => UsageAsync(),
    };

    private static async Task<int> OnStackAsync(string store, string folder)
    {
        try
        {
            await using var stack = await LocalStack.StartAsync(new LocalStackOptions { Data = folder, StartApp = false });
            using var app = stack.BuildApp();
            return await RunAsync(app, store, alone: true);
        }
        catch (LocalStackException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
    }

    private static async Task<int> OnDeployedAsync(string store)
    {
        var builder = FunctionsApplication.CreateBuilder([]);
        builder.AddMyriadSync();
        using var app = builder.Build();
        return await RunAsync(app, store, alone: false);
    }

    private static async Task<int> RunAsync(IHost app, string store, bool alone)
    {
        var answer = await app.Services.RemapStoreAsync(store, alone);
        foreach (var trouble in answer.Trouble)
        {
            await Console.Error.WriteLineAsync(trouble);
        }

        if (answer.Done)
        {
            Console.WriteLine($"Store {store}: {answer.Rows} rows laid out anew, {answer.Changed} of them with another value.");
        }

        return answer.Done ? 0 : 1;
    }

    private static async Task<int> UsageAsync()
    {
        await Console.Error.WriteLineAsync(Help);
        return 2;
    }
}
