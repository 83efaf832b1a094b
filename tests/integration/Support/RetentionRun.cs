using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using MyriadSync.ChangeLog;
using MyriadSync.Conflicts;
using MyriadSync.Orchestration;
using MyriadSync.Poison;
using MyriadSync.Retention;
using MyriadSync.Triggers.Timers;

namespace MyriadSync.IntegrationTests.Support;

/// <summary>Runs the retention timer of an app as it will run some days from now.</summary>
internal static class RetentionRun
{
    /// <summary>Days after which everything that is stored now is past retention.</summary>
    public const int Later = 31;

    /// <param name="app">The instance whose timer fires.</param>
    /// <param name="daysLater">How far its clock is moved.</param>
    /// <param name="kept">Takes the place of what drops rows; null: the app's own.</param>
    public static Task OfAsync(GatedApp app, int daysLater = Later, IRetentionLog? kept = null)
    {
        var services = app.Services;
        var log = services.Get<IChangeLog>();
        var stage = new RetentionStage(log, kept ?? services.Get<IRetentionLog>(), services.Get<TombstonePurge>());
        var timer = new RetentionTimer(
            log,
            stage,
            services.Get<ConflictTable>(),
            services.Get<PoisonTable>(),
            services.Get<OrphanedBatches>(),
            new MovedClock(TimeSpan.FromDays(daysLater)),
            services.Get<IOptions<RetentionOptions>>(),
            NullLogger<RetentionTimer>.Instance);
        return timer.RunAsync(new TimerInfo(), services.Durable, TestContext.Current.CancellationToken);
    }
}
