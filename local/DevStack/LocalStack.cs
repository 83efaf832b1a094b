using Microsoft.Extensions.Hosting;
using MyriadSync.DevStack.Apps;
using MyriadSync.DevStack.Azurite;
using MyriadSync.DevStack.Demo;
using MyriadSync.DevStack.Tokens;
using MyriadSync.MyriadEmulator;

namespace MyriadSync.DevStack;

/// <summary>Everything that MyriadSync is and needs, running on 127.0.0.1. It ends with the process that started it.</summary>
public sealed class LocalStack : IAsyncDisposable
{
    private readonly DataFolder _data;
    private readonly HealthCheck _health;
    private readonly TimeProvider _time = TimeProvider.System;
    private AzuriteProcess? _azurite;
    private IApp? _app;
    private LocalDemo? _demo;
    private int _stopped;

    private LocalStack(LocalStackOptions options, DataFolder data)
    {
        Options = options;
        _data = data;
        Tokens = DevTokens.Open(data.TokenKey, _time);
        BaseAddress = new Uri($"http://127.0.0.1:{options.Port}");
        _health = new HealthCheck(BaseAddress, _time);
    }

    /// <summary>The options, with the ports that are in use.</summary>
    public LocalStackOptions Options { get; }

    /// <summary>Where the function app listens.</summary>
    public Uri BaseAddress { get; }

    /// <summary>Where the HBase REST gateway listens: the emulator's, or the real one.</summary>
    public Uri HBaseAddress => Options.HBase ?? Emulator!.HBaseAddress;

    /// <summary>The storage account's process; it may be shared with other stacks.</summary>
    public AzuriteProcess Azurite => _azurite!;

    /// <summary>Connection string of this stack's storage account.</summary>
    public string Storage { get; private set; } = "";

    /// <summary>The emulator; null when a real gateway is used.</summary>
    public MyriadEmulatorHost? Emulator { get; private set; }

    /// <summary>Makes tokens that the app accepts.</summary>
    public DevTokens Tokens { get; }

    /// <summary>Starts everything and waits until all of it answers.</summary>
    /// <exception cref="LocalStackException">A port or the data folder is in use, Node.js is missing, or a part did not come up.</exception>
    public static async Task<LocalStack> StartAsync(LocalStackOptions options, CancellationToken cancellationToken = default)
    {
        var settled = PortPlan.Settle(options);
        var data = DataFolder.Open(settled.Data);
        if (settled.Fresh)
            data.Empty();
        var stack = new LocalStack(settled, data);
        try
        {
            await Task.WhenAll(stack.StartStorageAsync(cancellationToken), stack.StartEmulatorAsync(cancellationToken));
            if (!settled.StartApp)
                return stack;
            stack._demo = settled.Demo ? new LocalDemo(stack, stack._time) : null;
            stack._app = stack.CreateApp();
            await stack._app.StartAsync(cancellationToken);
            await stack._health.ReadyAsync(cancellationToken);
            return stack;
        }
        catch
        {
            await stack.StopAsync();
            throw;
        }
    }

    /// <summary>Stops the app alone; storage and cluster go on.</summary>
    public Task StopAppAsync() => _app!.StopAsync();

    /// <summary>Starts the app again on the same port and state. It answers when this returns, also while the cluster is down.</summary>
    public Task StartAppAsync(CancellationToken cancellationToken = default) => _app!.StartAsync(cancellationToken);

    /// <summary>The app's services over this stack, built and not started: for commands, and for tests that look inside.</summary>
    public IHost BuildApp() => new InProcessApp(AppSettings.Of(this, _data.RuntimeFile), Tokens, null, Options.ConfigureServices).Build();

    /// <summary>Id of the app's process: with <see cref="LocalStackOptions.OwnProcess"/> one of its own.</summary>
    public int AppProcessId => (_app as AppProcess)?.ProcessId ?? Environment.ProcessId;

    /// <summary>Ends the app between two instructions (kill -9). Only with <see cref="LocalStackOptions.OwnProcess"/>.</summary>
    public void KillApp() => ((AppProcess)_app!).Kill();

    /// <summary>Stops everything that this stack started; the app first, because it still writes while it stops.</summary>
    public async Task StopAsync()
    {
        if (Interlocked.Exchange(ref _stopped, 1) == 1)
            return;

        if (_demo is not null)
            await _demo.DisposeAsync();
        if (_app is not null)
            await _app.StopAsync();
        if (Emulator is not null)
            await Emulator.DisposeAsync();
        if (_azurite is not null && Options.SharedAzurite is null)
            await _azurite.StopAsync();
        Tokens.Dispose();
        _data.Dispose();
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync() => await StopAsync();

    private async Task StartStorageAsync(CancellationToken cancellationToken)
    {
        if (Options.SharedAzurite is { } shared)
        {
            (_azurite, Storage) = (shared, shared.TakeAccount());
            return;
        }

        var first = Options.AzuritePort;
        _azurite = await AzuriteProcess.LaunchAsync(
            first == 0
                ? new AzuriteOptions { Folder = _data.Azurite }
                : new AzuriteOptions { Folder = _data.Azurite, BlobPort = first, QueuePort = first + 1, TablePort = first + 2 },
            cancellationToken);
        Storage = _azurite.ConnectionString;
    }

    private async Task StartEmulatorAsync(CancellationToken cancellationToken)
    {
        if (Options.HBase is not null)
            return;

        Emulator = await MyriadEmulatorHost.StartAsync(
            new MyriadEmulatorOptions { HBasePort = Options.HBasePort, SchedulerPort = Options.SchedulerPort, DataFile = _data.EmulatorFile },
            cancellationToken);
    }

    private IApp CreateApp()
    {
        var settings = AppSettings.Of(this, _data.RuntimeFile);
        return Options.OwnProcess ? new AppProcess(settings, _health, _time) : new InProcessApp(settings, Tokens, _demo, Options.ConfigureServices);
    }
}
