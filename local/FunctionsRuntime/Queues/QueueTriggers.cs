using Azure.Storage.Queues;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using MyriadSync.FunctionsRuntime.Invocation;

namespace MyriadSync.FunctionsRuntime.Queues;

/// <summary>The queue-triggered functions of the app.</summary>
internal sealed class QueueTriggers
{
    private readonly List<(QueueListener Listener, QueueMessageRunner Runner)> _all = [];

    public QueueTriggers(
        FunctionCatalog catalog,
        FunctionInvoker invoker,
        IServiceProvider services,
        IConfiguration configuration,
        QueueOptions options,
        QueueOutput output,
        TimeProvider time,
        ILoggerFactory loggerFactory)
    {
        var logger = loggerFactory.CreateLogger("MyriadSync.FunctionsRuntime.Queues");
        foreach (var function in catalog.Of(TriggerKind.Queue))
        {
            var trigger = (QueueTriggerAttribute)function.Trigger;
            QueueClient Open(string name) => QueueNames.Open(name, trigger.Connection, configuration, function.Name);
            var queue = Open(trigger.QueueName);
            var poison = QueueNames.PoisonOf(queue.Name) is { } name ? Open(name) : null;
            var runner = new QueueMessageRunner(function, invoker.Compose(function), services, queue, poison, options, output, time, logger);
            var listener = new QueueListener(queue, options, runner, time, logger);
            output.Register(queue, listener.Wake);
            _all.Add((listener, runner));
        }
    }

    /// <summary>Begins to listen.</summary>
    public void Start() => _all.ForEach(t => t.Listener.Start());

    /// <summary>Ends listening and waits for what runs.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await Task.WhenAll(_all.Select(t => t.Listener.StopAsync(cancellationToken)));
        foreach (var (listener, runner) in _all)
        {
            listener.Dispose();
            runner.Dispose();
        }
    }
}
