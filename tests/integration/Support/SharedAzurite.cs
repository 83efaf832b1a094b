using MyriadSync.DevStack;
using MyriadSync.DevStack.Azurite;

[assembly: AssemblyFixture(typeof(SharedAzurite))]

namespace MyriadSync.IntegrationTests.Support;

/// <summary>One Azurite for all tests of the process; every stack has an account of its own on it. Take it as a constructor parameter.</summary>
public sealed class SharedAzurite : IAsyncLifetime
{
    private const int Accounts = 500;

    /// <summary>The process.</summary>
    public AzuriteProcess Process { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Process = await AzuriteProcess.LaunchAsync(new AzuriteOptions { Accounts = Accounts });

    public async ValueTask DisposeAsync() => await Process.DisposeAsync();

    /// <summary>A stack with an account, an emulator and ports of its own.</summary>
    public Task<LocalStack> StartStackAsync(LocalStackOptions? options = null) =>
        LocalStack.StartAsync((options ?? new LocalStackOptions()) with { SharedAzurite = Process }, TestContext.Current.CancellationToken);
}
