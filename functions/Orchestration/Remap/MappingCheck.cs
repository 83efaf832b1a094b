using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MyriadSync.ChangeLog;
using MyriadSync.Contracts;
using MyriadSync.Contracts.Stores;

namespace MyriadSync.Orchestration.Remap;

/// <summary>
/// Refuses to start over rows that this configuration would misread. Storage that does not answer at that moment is no reason to stay down: batches ask
/// again before they are fetched.
/// </summary>
internal sealed partial class MappingCheck(IMappingRegistry registry, IRowCodecs codecs, ILogger<MappingCheck> logger) : IHostedLifecycleService
{
    /// <exception cref="InvalidOperationException">A store's rows are laid out by another mapping.</exception>
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        try
        {
            var stored = await registry.ReadAllAsync(cancellationToken);
            var other = stored.Where(row => row.Next is not null || row.Hash != codecs.Mappings.HashOfStore(row.Store)).Select(Describe).ToList();
            if (other.Count > 0)
            {
                throw new InvalidOperationException(string.Join(Environment.NewLine, other));
            }
        }
        catch (StorageUnavailableException e)
        {
            NotChecked(logger, e);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private string Describe(StoredMapping row) =>
        $"Store {row.Store}: {(row.Next is null ? "its rows on the cluster are laid out by" : "a remap of its rows is not finished; they were laid out by")} mapping {Name(row.Hash)}, "
        + $"and this configuration has mapping {Name(codecs.Mappings.HashOfStore(row.Store))}. Bring the old mapping back, or stop every instance of the app and run: "
        + $"dotnet run --project local/Cli -- remap {row.Store}";

    private static string Name(string hash) => hash.Length == 0 ? "none (fields are JSON cells)" : hash;

    [LoggerMessage(EventId = 2090, Level = LogLevel.Warning, Message = "Storage does not answer: whether the rows of all stores fit their mappings was not checked")]
    private static partial void NotChecked(ILogger logger, Exception e);
}
