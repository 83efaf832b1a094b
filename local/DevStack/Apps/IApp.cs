namespace MyriadSync.DevStack.Apps;

/// <summary>The function app, wherever it runs. It can be started again on the same port and state.</summary>
internal interface IApp
{
    /// <summary>Starts it; it listens when this returns.</summary>
    Task StartAsync(CancellationToken cancellationToken);

    /// <summary>Stops it; nothing if it does not run.</summary>
    Task StopAsync();
}
