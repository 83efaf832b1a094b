using MyriadSync.DevStack;
using MyriadSync.DevStack.Azurite;

[assembly: AssemblyFixture(typeof(SharedAzurite))]

namespace MyriadSync.IntegrationTests.Support;

/// <summary>One Azurite for all tests of the process; every stack has an account of its own on it. Take it as a constructor parameter.</summary>
public sealed class SharedAzurite : IAsyncLifetime
{
    /// <summary>A schedule for timers that a test runs itself.</summary>
    public const string Never = "0 0 0 1 1 *";

    private const int Accounts = 500;

    private readonly TemporaryFolder _noStoreFiles = new();

    /// <summary>The process.</summary>
    public AzuriteProcess Process { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Process = await AzuriteProcess.LaunchAsync(new AzuriteOptions { Accounts = Accounts });

    public async ValueTask DisposeAsync()
    {
        await Process.DisposeAsync();
        _noStoreFiles.Dispose();
    }

    /// <summary>A stack with an account, an emulator and ports of its own. It takes any store as it comes, unless the options name a folder of store files, and scans the cluster only where they say when.</summary>
    public Task<LocalStack> StartStackAsync(LocalStackOptions? options = null)
    {
        options ??= new LocalStackOptions();
        var settings = new Dictionary<string, string>(options.Settings);
        settings.TryAdd(StoreFolder.Setting, _noStoreFiles.Path);
        // What a job wrote must not come into the log by itself while a test that writes as one sets up something else.
        settings.TryAdd("Myriad:Scan:Schedule", Never);
        settings.TryAdd("Myriad:Audit:Schedule", Never);
        return LocalStack.StartAsync(options with { SharedAzurite = Process, Settings = settings }, TestContext.Current.CancellationToken);
    }
}
