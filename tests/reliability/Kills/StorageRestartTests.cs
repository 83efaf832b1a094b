using System.Globalization;
using Azure;
using Azure.Core;
using Azure.Data.Tables;
using MyriadSync.DevStack.Azurite;
using MyriadSync.IntegrationTests.Support;

namespace MyriadSync.ReliabilityTests.Kills;

/// <summary>What the kill tests rest on: a storage account that restarts has everything that it acknowledged, as a real one would.</summary>
public sealed class StorageRestartTests
{
    private const int Writers = 8;
    private const int Restarts = 3;
    private const int WritesBetween = 100;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Stop_WhileWritesAreUnderWay_KeepsEveryAcknowledgedOne()
    {
        using var folder = new TemporaryFolder();
        await using var azurite = await AzuriteProcess.LaunchAsync(new AzuriteOptions { Folder = folder.Path }, Cancel);
        var table = new TableClient(azurite.ConnectionString, "kept", new TableClientOptions { Retry = { MaxRetries = 0, Mode = RetryMode.Fixed } });
        await table.CreateAsync(Cancel);
        var acknowledged = new List<string>();

        for (var restart = 0; restart < Restarts; restart++)
        {
            var enough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var from = acknowledged.Count;
            var writers = Enumerable.Range(0, Writers).Select(writer => WriteUntilItFailsAsync(table, $"{restart}-{writer}", acknowledged, from, enough)).ToList();
            await enough.Task.WaitAsync(Cancel);
            await azurite.StopAsync();
            await Task.WhenAll(writers);
            await azurite.StartAsync(Cancel);
        }

        var kept = await table.QueryAsync<TableEntity>(cancellationToken: Cancel).Select(row => row.RowKey).ToListAsync(Cancel);
        Assert.Empty(acknowledged.Except(kept));
    }

    private static async Task WriteUntilItFailsAsync(TableClient table, string writer, List<string> acknowledged, int from, TaskCompletionSource enough)
    {
        for (var i = 0; ; i++)
        {
            var row = string.Create(CultureInfo.InvariantCulture, $"{writer}-{i}");
            try
            {
                await table.AddEntityAsync(new TableEntity("p", row), Cancel);
            }
            catch (RequestFailedException)
            {
                // Not acknowledged: it may be there or not.
                return;
            }

            lock (acknowledged)
            {
                acknowledged.Add(row);
                if (acknowledged.Count - from == WritesBetween)
                    enough.SetResult();
            }
        }
    }
}
