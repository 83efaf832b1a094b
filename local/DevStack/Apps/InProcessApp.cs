using Microsoft.AspNetCore.Builder;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using MyriadSync.Configuration;
using MyriadSync.DevStack.Demo;
using MyriadSync.DevStack.Tokens;
using MyriadSync.FunctionsRuntime;

namespace MyriadSync.DevStack.Apps;

/// <summary>The function app in this process.</summary>
/// <param name="settings">Its settings, which go before those of the environment.</param>
/// <param name="tokens">Whose tokens it hands out.</param>
/// <param name="demo">What it shows at <c>/demo</c>; null: nothing.</param>
/// <param name="configureServices">The last word on its services.</param>
internal sealed class InProcessApp(IReadOnlyDictionary<string, string> settings, DevTokens tokens, LocalDemo? demo, Action<IServiceCollection>? configureServices) : IApp
{
    private static readonly Dictionary<string, string?> Defaults = new() { ["Logging:LogLevel:Default"] = "Warning" };

    private IHost? _host;

    /// <inheritdoc />
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var host = Build();
        try
        {
            await host.StartAsync(cancellationToken);
            _host = host;
        }
        catch
        {
            // Not left for StopAsync: a host that did not come up cannot be stopped, and what it says then hides why.
            host.Dispose();
            throw;
        }
    }

    /// <summary>The app, not started.</summary>
    public IHost Build()
    {
        var builder = FunctionsApplication.CreateBuilder([]);
        builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = Defaults });
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)));
        builder.ConfigureFunctionsWebApplication();
        builder.AddMyriadSync();
        builder.Services.AddCors();
        // A page elsewhere whose name is made to point here (DNS rebinding) passes CORS, and would be given tokens.
        builder.Services.AddHostFiltering(hosts => hosts.AllowedHosts = ["localhost", "127.0.0.1"]);
        builder.Services.AddSingleton<IHostLifetime, StackLifetime>();
        configureServices?.Invoke(builder.Services);
        builder.ConfigureLocalRuntime(runtime =>
        {
            runtime.FunctionAssemblies.Add(typeof(MyriadSyncRegistration).Assembly);
            runtime.ConfigureApp(app => app.UseHostFiltering().UseCors(LocalCors.Allow));
            runtime.MapEndpoints(routes => routes.MapDevTokens(tokens));
            if (demo is not null)
                runtime.MapEndpoints(routes => routes.MapDemo(demo));
        });
        return builder.Build();
    }

    /// <inheritdoc />
    public async Task StopAsync()
    {
        if (_host is not { } host)
            return;

        _host = null;
        await host.StopAsync();
        host.Dispose();
    }

    /// <summary>The stack alone decides when the app stops: before the storage and the cluster that it still writes to, not on the same Ctrl+C.</summary>
    private sealed class StackLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
