using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using MyriadSync.FunctionsRuntime;

namespace MyriadSync.IntegrationTests.Support;

/// <summary>Lends a test the services of the app that runs in its process: give <see cref="Capture"/> to <c>LocalStackOptions.ConfigureServices</c>.</summary>
internal sealed class AppServices : IHostedService
{
    private IServiceProvider? _provider;

    /// <summary>The app's durable client.</summary>
    public DurableTaskClient Durable => Get<IHost>().GetDurableTaskClient();

    /// <summary>A service of the app.</summary>
    public T Get<T>()
        where T : notnull => _provider!.GetRequiredService<T>();

    /// <summary>Registers what lends them.</summary>
    public void Capture(IServiceCollection services) => services.AddSingleton<IHostedService>(provider =>
    {
        _provider = provider;
        return this;
    });

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
