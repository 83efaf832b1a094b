using System.Globalization;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;
using MyriadSync.Configuration;
using MyriadSync.Contracts;
using MyriadSync.Contracts.Keys;
using MyriadSync.DevStack;
using MyriadSync.DevStack.Azurite;
using MyriadSync.Orchestration.Rebuild;

namespace MyriadSync.Cli;

/// <summary>Begins the change log anew over the rows that the cluster has.</summary>
internal static class RebuildCommand
{
    public const string Help = """
        dotnet run --project local/Cli -- rebuild <dataset>|--all [--data <folder>]
            Begins the change log of a dataset of the local stack anew over what the cluster has: after its tables were lost, or put back from a copy.
            Clients load the snapshot and go on under new ids. Stop the stack before.
            --data <folder>  the stack's folder; default .myriadsync

        dotnet run --project local/Cli -- rebuild <dataset>|--all --deployed
            The same for the storage and the cluster that the environment's settings name (docs/RUNBOOK.md). Stop the app before.

        A run that was stopped is finished by the next one, and a second run does no harm.
        """;

    private const string Every = "--all";

    /// <summary>Runs the command; 0: the app can go on.</summary>
    public static Task<int> RunAsync(IReadOnlyList<string> args) => args switch
    {
        [var dataset, "--deployed"] when IsDataset(dataset) => OnDeployedAsync(dataset),
        [var dataset, "--data", var folder] when IsDataset(dataset) => OnStackAsync(dataset, folder),
        [var dataset] when IsDataset(dataset) => OnStackAsync(dataset, ".myriadsync"),
        _ => UsageAsync(),
    };

    private static bool IsDataset(string text) => text == Every || NameRules.IsDataset(text);

    private static async Task<int> OnStackAsync(string dataset, string folder)
    {
        try
        {
            await using var stack = await LocalStack.StartAsync(new LocalStackOptions { Data = folder, StartApp = false });
            using var app = stack.BuildApp();
            return await RunAsync(app, dataset, alone: true);
        }
        catch (LocalStackException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
    }

    private static async Task<int> OnDeployedAsync(string dataset)
    {
        var builder = FunctionsApplication.CreateBuilder([]);
        builder.AddMyriadSync();
        using var app = builder.Build();
        return await RunAsync(app, dataset, alone: false);
    }

    private static async Task<int> RunAsync(IHost app, string dataset, bool alone)
    {
        Console.WriteLine("Applies what the log has and the cluster lacks, reads every row of the cluster, and writes the heads of new logs.");
        RebuildAnswer answer;
        try
        {
            answer = await app.Services.RebuildLogsAsync(dataset == Every ? null : dataset, alone);
        }
        catch (Exception e) when (e is StorageUnavailableException or NewerFormatException)
        {
            answer = RebuildAnswer.Stopped([], e is StorageUnavailableException ? $"{e.Message} Run again." : e.Message);
        }

        foreach (var rebuilt in answer.Datasets)
        {
            Console.WriteLine(Describe(rebuilt));
        }

        foreach (var trouble in answer.Trouble)
        {
            await Console.Error.WriteLineAsync(trouble);
        }

        if (answer is { Done: true, Datasets.Count: 0 })
        {
            Console.WriteLine("No dataset has a log, or rows that sync wrote: there is nothing to rebuild.");
        }

        return answer.Done ? 0 : 1;
    }

    private static string Describe(RebuiltDataset rebuilt) => string.Create(CultureInfo.InvariantCulture, $"""
        Dataset {rebuilt.Dataset}
          on the cluster   {rebuilt.Rows} rows; highest revision {rebuilt.HighestRev}, newest timestamp {rebuilt.HighestTimestamp} ({DateTimeOffset.FromUnixTimeMilliseconds(rebuilt.HighestTimestamp):u})
                           {rebuilt.Differing} rows differ from what sync wrote; {rebuilt.Ahead} are ahead of the cluster's clock
          old log          {(rebuilt.OldEpoch is null ? "none" : $"epoch {rebuilt.OldEpoch}, seq {rebuilt.OldSeq}")}; {rebuilt.Clients} clients, {rebuilt.Released} refused records that are outdated
          new log          epoch {rebuilt.Epoch}, seq {rebuilt.Seq}
        """);

    private static async Task<int> UsageAsync()
    {
        await Console.Error.WriteLineAsync(Help);
        return 2;
    }
}
