using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using MyriadSync.ChangeLog;
using MyriadSync.Orchestration.Audits;

namespace MyriadSync.Configuration;

/// <summary>Registers what finds the changes on the cluster that scans cannot see.</summary>
internal static class AuditRegistration
{
    public static IServiceCollection AddAudit(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<AuditOptions>().Bind(configuration.GetSection("Myriad:Audit")).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IAuditLedger, TableAuditLedger>();
        services.AddSingleton<AuditPages>();
        services.AddSingleton<AuditIntake>();
        services.AddSingleton<LogWalk>();
        services.AddSingleton<RowSweep>();
        services.AddSingleton<ClusterAudit>();
        return services;
    }
}
