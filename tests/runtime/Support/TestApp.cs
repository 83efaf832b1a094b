using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MyriadSync.FunctionsRuntime.Tests.Support;

/// <summary>A host on a free port with the functions of the classes given.</summary>
internal sealed class TestApp : IAsyncDisposable
{
    private readonly IHost _host;

    private TestApp(IHost host, CapturingLoggerProvider logs)
    {
        _host = host;
        Logs = logs;
        Client = host.GetDurableTaskClient();
        Http = new() { BaseAddress = host.GetLocalAddress() };
    }

    public DurableTaskClient Client { get; }

    public HttpClient Http { get; }

    public CapturingLoggerProvider Logs { get; }

    public IServiceProvider Services => _host.Services;

    public static async Task<TestApp> StartAsync(TestAppOptions options, params Type[] functions)
    {
        var builder = FunctionsApplication.CreateBuilder(options.Arguments);
        builder.ConfigureFunctionsWebApplication();
        var logs = new CapturingLoggerProvider();
        builder.Logging.ClearProviders().AddProvider(logs).SetMinimumLevel(LogLevel.Debug);
        if (options.Time is { } time)
            builder.Services.AddSingleton(time);
        builder.ConfigureLocalRuntime(o =>
        {
            o.Port = 0;
            o.StateFile = options.StateFile;
            o.ReplayOnEachEvent = options.ReplayOnEachEvent;
            foreach (var type in functions)
                o.FunctionTypes.Add(type);
        });
        options.Configure?.Invoke(builder);
        var host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        return new(host, logs);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _host.StopAsync(CancellationToken.None);
        _host.Dispose();
    }
}
