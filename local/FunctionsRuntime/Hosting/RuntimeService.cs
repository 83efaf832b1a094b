using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Converters;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using MyriadSync.FunctionsRuntime.Durable.Engine;
using MyriadSync.FunctionsRuntime.Http;
using MyriadSync.FunctionsRuntime.Invocation;
using MyriadSync.FunctionsRuntime.Queues;
using MyriadSync.FunctionsRuntime.State;
using MyriadSync.FunctionsRuntime.Timers;

namespace MyriadSync.FunctionsRuntime.Hosting;

/// <summary>
/// The life of a host. The engine is there before the HTTP server, so that a function may start orchestrations; what runs by itself (earlier
/// orchestrations, queues, timers) begins only when every service of the app has started.
/// </summary>
internal sealed class RuntimeService(
    RuntimeComposition composition,
    IServiceProvider services,
    IConfiguration configuration,
    IOptions<JsonSerializerOptions> json,
    TimeProvider time,
    ILoggerFactory loggerFactory) : IHostedLifecycleService, IDisposable
{
    private readonly ILogger _logger = loggerFactory.CreateLogger("MyriadSync.FunctionsRuntime");
    private readonly JsonDataConverter _converter = new(json.Value);
    private RuntimeSettings _settings = null!;
    private IConfiguration _hostJson = null!;
    private FunctionCatalog _catalog = null!;
    private FunctionInvoker _invoker = null!;
    private StateStore? _store;
    private DurableEngine? _engine;
    private LocalDurableTaskClient? _client;
    private QueueTriggers? _queues;
    private TimerTriggers? _timers;

    /// <summary>The durable client.</summary>
    public DurableTaskClient Client => _client ?? throw new InvalidOperationException("The host has not been started.");

    /// <summary>Finds and checks the functions.</summary>
    public void Prepare(RuntimeSettings settings, IConfiguration hostJson)
    {
        _settings = settings;
        _hostJson = hostJson;
        _catalog = FunctionCatalog.Discover(FunctionTypes(), new(_converter, json.Value, () => Client));
        _invoker = new(composition.Middleware);
    }

    private IEnumerable<Type> FunctionTypes()
    {
        var options = composition.Options;
        if (options.FunctionTypes.Count > 0)
            return options.FunctionTypes;
        IEnumerable<Assembly> assemblies = options.FunctionAssemblies.Count > 0 ? options.FunctionAssemblies : FunctionAssemblies.Find();
        return assemblies.Distinct().SelectMany(a => a.GetTypes());
    }

    /// <summary>Maps the HTTP functions.</summary>
    public void MapHttpFunctions(IEndpointRouteBuilder routes)
    {
        var functions = _catalog.Of(TriggerKind.Http).ToList();
        if (functions.Count > 0 && !composition.HasAspNetCore)
            throw new FunctionAppException($"Function '{functions[0].Name}' is triggered by HTTP: call ConfigureFunctionsWebApplication() on the builder.");
        var keys = new FunctionKeys(_settings.FunctionKey, _settings.AdminKey);
        var prefix = _hostJson["extensions:http:routePrefix"] ?? "api";
        new HttpFunctions(_invoker, keys, prefix, loggerFactory.CreateLogger("Function")).Map(routes, functions);
    }

    public Task StartingAsync(CancellationToken cancellationToken)
    {
        _store = StateStore.Open(_settings.StateFile, _logger);
        var functions = new DurableFunctions(_catalog, _invoker, _converter, services);
        _engine = new(_store, HostJson.Durable(_hostJson, _settings.ReplayOnEachEvent), functions, _converter, time, loggerFactory);
        _client = new(_engine);
        _engine.Recover();
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        _engine!.Resume();
        var output = new QueueOutput(configuration, HostJson.Queues(_hostJson), json.Value);
        _queues = new(_catalog, _invoker, services, configuration, HostJson.Queues(_hostJson), output, time, loggerFactory);
        _timers = new(_catalog, _invoker, services, configuration, _store!, output, time, loggerFactory);
        _queues.Start();
        _timers.Start();
        RuntimeLogs.Started(_logger, _catalog.All.Count, _settings.StateFile);
        return Task.CompletedTask;
    }

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        // A host may be stopped more than once: what is stopped already is gone.
        var queues = Interlocked.Exchange(ref _queues, null);
        var timers = Interlocked.Exchange(ref _timers, null);
        await Task.WhenAll(queues?.StopAsync(cancellationToken) ?? Task.CompletedTask, timers?.StopAsync(cancellationToken) ?? Task.CompletedTask);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        if (_engine is not null)
            await _engine.StopAsync(cancellationToken);
        Dispose();
    }

    public void Dispose()
    {
        _engine?.Dispose();
        _store?.Dispose();
        _engine = null;
        _store = null;
    }
}
