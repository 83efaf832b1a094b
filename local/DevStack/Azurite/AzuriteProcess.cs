using System.Diagnostics;

namespace MyriadSync.DevStack.Azurite;

/// <summary>
/// One Azurite (blob, queue and table services in one Node.js process) on 127.0.0.1. It ends with the process that
/// started it, even if that one is killed. It can be stopped or killed and started again on the same ports and data.
/// </summary>
public sealed class AzuriteProcess : IAsyncDisposable
{
    private const int TriesOnFreePorts = 5;
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(10);

    private readonly string _installation;
    private readonly TimeProvider _time;
    private Process? _process;
    private int _accountsTaken = 1;

    private AzuriteProcess(string installation, AzuriteOptions options, TimeProvider time)
    {
        _installation = installation;
        _time = time;
        Options = options;
    }

    /// <summary>The options, with the ports that are in use.</summary>
    public AzuriteOptions Options { get; private set; }

    /// <summary>Connection string of the first account, for the Azure SDKs and for <c>AzureWebJobsStorage</c>.</summary>
    public string ConnectionString => AzuriteAccount.ConnectionString(Options, 1);

    /// <summary>Identifier of the running process; null while it is stopped.</summary>
    public int? ProcessId => _process?.Id;

    /// <summary>Connection string of an account that nobody has been given yet: empty, and apart from all others.</summary>
    /// <exception cref="InvalidOperationException">All <see cref="AzuriteOptions.Accounts"/> are given out.</exception>
    public string TakeAccount()
    {
        var number = Interlocked.Increment(ref _accountsTaken);
        return number <= Options.Accounts
            ? AzuriteAccount.ConnectionString(Options, number)
            : throw new InvalidOperationException($"All {Options.Accounts} accounts are taken: start Azurite with a larger {nameof(AzuriteOptions.Accounts)}.");
    }

    /// <summary>Installs Azurite if this is the first run, starts it and waits until all three services listen.</summary>
    /// <exception cref="LocalStackException">Node.js is missing, a given port is taken, or Azurite did not come up.</exception>
    public static async Task<AzuriteProcess> LaunchAsync(AzuriteOptions options, CancellationToken cancellationToken = default)
    {
        var time = TimeProvider.System;
        var azurite = new AzuriteProcess(await AzuriteInstallation.EnsureAsync(time, cancellationToken), options, time);
        for (var attempt = 1; ; attempt++)
        {
            azurite.Options = WithPorts(options);
            try
            {
                await azurite.StartAsync(cancellationToken);
                return azurite;
            }
            catch (LocalStackException exception) when (attempt < TriesOnFreePorts && azurite.Options != options && exception.Message.Contains("EADDRINUSE", StringComparison.Ordinal))
            {
                // Between our choice of a free port and Azurite's use of it, somebody else took it. Choose again.
            }
        }
    }

    /// <summary>Starts it again after <see cref="StopAsync"/> or <see cref="Kill"/>, on the same ports and folder.</summary>
    /// <exception cref="LocalStackException">Azurite did not come up; the message holds what it wrote.</exception>
    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        if (_process is not null)
            throw new InvalidOperationException("Azurite is running.");

        var console = new AzuriteConsole();
        var process = NodeJs.Start(StartInfo());
        console.Attach(process);
        try
        {
            await console.Ready.WaitAsync(StartTimeout, _time, cancellationToken);
        }
        catch (Exception exception)
        {
            process.Kill(entireProcessTree: true);
            process.Dispose();
            if (exception is TimeoutException)
                throw new LocalStackException($"Azurite was not ready after {StartTimeout.TotalSeconds} s: {console.Text}", exception);
            throw;
        }

        _process = process;
    }

    /// <summary>Lets it write its data to the folder and end; kills it if that takes longer than 10 s.</summary>
    public async Task StopAsync()
    {
        if (_process is not { } process)
            return;

        process.StandardInput.Close();
        try
        {
            await process.WaitForExitAsync().WaitAsync(StopTimeout, _time);
        }
        catch (TimeoutException)
        {
            process.Kill(entireProcessTree: true);
        }

        Release(process);
    }

    /// <summary>
    /// Ends it at once, as a crash would. Azurite writes its databases every 5 s, so what it answered since then is lost,
    /// which no real storage account does: where a test counts records afterwards, use <see cref="StopAsync"/>.
    /// </summary>
    public void Kill()
    {
        if (_process is not { } process)
            return;

        process.Kill(entireProcessTree: true);
        process.WaitForExit();
        Release(process);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync() => await StopAsync();

    private static AzuriteOptions WithPorts(AzuriteOptions options)
    {
        var free = Ports.TakeFree(3);
        return options with
        {
            BlobPort = options.BlobPort == 0 ? free[0] : options.BlobPort,
            QueuePort = options.QueuePort == 0 ? free[1] : options.QueuePort,
            TablePort = options.TablePort == 0 ? free[2] : options.TablePort,
        };
    }

    private ProcessStartInfo StartInfo()
    {
        if (Options.Folder is not null)
            Directory.CreateDirectory(Options.Folder);
        var startInfo = new ProcessStartInfo("node", AzuriteAccount.Arguments(Options, Path.Combine(_installation, "run.cjs")))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Options.Folder ?? _installation,
        };

        startInfo.Environment["AZURITE_ACCOUNTS"] = AzuriteAccount.Declaration(Options.Accounts);
        // Where the developer of another project keeps the metadata of an Azurite of theirs.
        startInfo.Environment.Remove("AZURITE_DB");
        return startInfo;
    }

    private void Release(Process process)
    {
        process.Dispose();
        _process = null;
    }
}
