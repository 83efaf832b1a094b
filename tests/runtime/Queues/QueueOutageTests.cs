using Azure.Storage.Queues;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using MyriadSync.DevStack.Azurite;
using MyriadSync.FunctionsRuntime.Tests.Support;

namespace MyriadSync.FunctionsRuntime.Tests.Queues;

public sealed class QueueOutageTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Storage_DownAtStart_IsWaitedForAndLoggedOnce()
    {
        await using var azurite = await AzuriteProcess.LaunchAsync(new(), Token);
        var connection = azurite.ConnectionString;
        azurite.Kill();
        await using var app = await TestApp.StartAsync(
            new()
            {
                StateFile = _folder.StateFile,
                Arguments = ["--AzureWebJobsStorage", connection, "--AzureFunctionsJobHost:extensions:queues:maxPollingInterval", "00:00:00.200"],
                Configure = b => b.Services.AddSingleton<Seen>(),
            },
            typeof(Functions));

        while (!app.Logs.Lines.Any(l => l.Contains("cannot be reached", StringComparison.Ordinal)))
            await Task.Delay(20, Token);
        await azurite.StartAsync(Token);
        var queue = new QueueClient(connection, "work");
        while (!await queue.ExistsAsync(Token))
            await Task.Delay(20, Token);
        await queue.SendMessageAsync(Convert.ToBase64String("hello"u8), Token);

        Assert.Equal("hello", await app.Services.GetRequiredService<Seen>().NextAsync(Token));
        Assert.Single(app.Logs.Lines, l => l.Contains("cannot be reached", StringComparison.Ordinal));
        Assert.Single(app.Logs.Lines, l => l.Contains("can be reached again", StringComparison.Ordinal));
    }

    private sealed class Functions(Seen seen)
    {
        [Function("work")]
        public void Work([QueueTrigger("work")] string message) => seen.Add(message);
    }
}
