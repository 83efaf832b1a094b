using Azure.Data.Tables;
using Azure.Storage.Queues;
using MyriadSync.DevStack.Azurite;

namespace MyriadSync.IntegrationTests.DevStack;

public sealed class AzuriteProcessTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Launch_TwoAccounts_ShareNothing()
    {
        await using var azurite = await AzuriteProcess.LaunchAsync(new AzuriteOptions { Accounts = 2 }, Cancel);
        var first = new QueueClient(azurite.ConnectionString, "letters");
        var second = new QueueClient(azurite.TakeAccount(), "letters");

        await first.CreateAsync(cancellationToken: Cancel);
        await first.SendMessageAsync("for the first", Cancel);

        Assert.False(await second.ExistsAsync(Cancel));
        Assert.Throws<InvalidOperationException>(() => azurite.TakeAccount());
    }

    [Fact]
    public async Task Start_AfterStop_HasItsDataOnTheSamePorts()
    {
        using var folder = new TemporaryFolder();
        await using var azurite = await AzuriteProcess.LaunchAsync(new AzuriteOptions { Folder = folder.Path }, Cancel);
        var table = new TableClient(azurite.ConnectionString, "kept");
        await table.CreateAsync(Cancel);
        await table.AddEntityAsync(new TableEntity("p", "r"), Cancel);

        await azurite.StopAsync();
        await azurite.StartAsync(Cancel);

        Assert.Equal("r", (await table.GetEntityAsync<TableEntity>("p", "r", cancellationToken: Cancel)).Value.RowKey);
    }

    [Fact]
    public async Task Start_AfterKill_Answers()
    {
        await using var azurite = await AzuriteProcess.LaunchAsync(new AzuriteOptions(), Cancel);
        var options = azurite.Options;

        azurite.Kill();
        Assert.Null(azurite.ProcessId);
        Assert.True(Ports.IsFree(options.TablePort));
        await azurite.StartAsync(Cancel);

        await new TableClient(azurite.ConnectionString, "again").CreateAsync(Cancel);
    }

    [Fact]
    public async Task Launch_GivenPortInUse_SaysSo()
    {
        await using var first = await AzuriteProcess.LaunchAsync(new AzuriteOptions(), Cancel);

        var exception = await Assert.ThrowsAsync<LocalStackException>(
            () => AzuriteProcess.LaunchAsync(new AzuriteOptions { QueuePort = first.Options.QueuePort, BlobPort = Ports.TakeFree(1)[0], TablePort = Ports.TakeFree(1)[0] }, Cancel));

        Assert.Contains($"{first.Options.QueuePort}", exception.Message, StringComparison.Ordinal);
    }
}
