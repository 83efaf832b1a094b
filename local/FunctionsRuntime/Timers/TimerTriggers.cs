using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MyriadSync.FunctionsRuntime.Hosting;
using MyriadSync.FunctionsRuntime.Invocation;
using MyriadSync.FunctionsRuntime.Queues;
using MyriadSync.FunctionsRuntime.State;

namespace MyriadSync.FunctionsRuntime.Timers;

/// <summary>The timer-triggered functions of the app.</summary>
internal sealed class TimerTriggers
{
    private readonly IServiceProvider _services;
    private readonly QueueOutput _output;
    private readonly List<TimerListener> _all;

    public TimerTriggers(
        FunctionCatalog catalog,
        FunctionInvoker invoker,
        IServiceProvider services,
        IConfiguration configuration,
        StateStore store,
        QueueOutput output,
        TimeProvider time,
        ILoggerFactory loggerFactory)
    {
        _services = services;
        _output = output;
        var logger = loggerFactory.CreateLogger("MyriadSync.FunctionsRuntime.Timers");
        _all = [.. catalog.Of(TriggerKind.Timer).Select(function =>
        {
            var trigger = (TimerTriggerAttribute)function.Trigger;
            var text = SettingReference.Resolve(trigger.Schedule, configuration, function.Name);
            var schedule = TimerSchedule.Parse(text)
                ?? throw new FunctionAppException($"Function '{function.Name}': '{text}' is neither an NCRONTAB expression of five or six fields nor a time span.");
            var pipeline = invoker.Compose(function);
            return new TimerListener(function.Name, schedule, trigger, (info, token) => RunAsync(function, pipeline, info, token), store, time, logger);
        })];
    }

    /// <summary>Begins.</summary>
    public void Start() => _all.ForEach(t => t.Start());

    /// <summary>Starts no further run and waits for those that are going on.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await Task.WhenAll(_all.Select(t => t.StopAsync(cancellationToken)));
        _all.ForEach(t => t.Dispose());
    }

    private async Task RunAsync(FunctionDescriptor function, FunctionExecutionDelegate pipeline, TimerInfo info, CancellationToken cancellationToken)
    {
        await using var scope = _services.CreateAsyncScope();
        var context = new LocalFunctionContext(function.Definition, scope.ServiceProvider, cancellationToken) { TriggerValue = info };
        await FunctionInvoker.RunAsync(pipeline, context);
        await _output.SendAsync(function, context.Result, cancellationToken);
    }
}
