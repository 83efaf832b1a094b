using MyriadSync.DevStack.Azurite;

namespace MyriadSync.FunctionsRuntime.Tests.Queues;

/// <summary>One Azurite for the tests of queues; each test takes an account of its own.</summary>
public sealed class AzuriteFixture : IAsyncLifetime
{
    private AzuriteProcess? _azurite;

    public AzuriteProcess Azurite => _azurite ?? throw new InvalidOperationException("Not started.");

    public async ValueTask InitializeAsync() => _azurite = await AzuriteProcess.LaunchAsync(new() { Accounts = 20 });

    public async ValueTask DisposeAsync()
    {
        if (_azurite is not null)
            await _azurite.DisposeAsync();
    }
}
