using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using MyriadSync.ChangeLog;
using MyriadSync.Contracts;
using MyriadSync.Myriad;
using MyriadSync.Myriad.Existing;
using MyriadSync.Myriad.HBase;
using MyriadSync.Myriad.Scheduler;
using MyriadSync.Triggers.Http;

namespace MyriadSync.Configuration;

/// <summary>Puts the app together.</summary>
public static class MyriadSyncRegistration
{
    /// <summary>Registers everything that the functions need, from the builder's configuration. Whatever is missing or wrong there is told at start.</summary>
    public static FunctionsApplicationBuilder AddMyriadSync(this FunctionsApplicationBuilder builder)
    {
        builder.Services.AddStorage(builder.Configuration);
        builder.Services.AddPipeline(builder.Configuration);
        builder.Services.AddHBase(builder.Configuration);
        builder.Services.AddRetention(builder.Configuration);
        builder.Services.AddScan(builder.Configuration);
        builder.Services.AddAudit(builder.Configuration);
        builder.Services.AddMyriadScheduler(builder.Configuration);
        builder.AddProbes();
        builder.AddHttpApi();
        builder.AddTelemetry();
        return builder;
    }

    private static void AddProbes(this FunctionsApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IHealthProbe, StorageProbe>();
        builder.Services.AddSingleton<IHealthProbe, ClusterProbe>();
        builder.Services.AddSingleton<IHealthProbe, ExistingTablesProbe>();
        if (builder.Configuration.GetSection(SchedulerOptions.Section).GetSection(nameof(SchedulerOptions.Endpoints)).GetChildren().Any())
        {
            builder.Services.AddSingleton<IHealthProbe, SchedulerProbe>();
        }
    }
}
