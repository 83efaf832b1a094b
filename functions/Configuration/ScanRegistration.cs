using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using MyriadSync.ChangeLog;
using MyriadSync.Orchestration.Scans;

namespace MyriadSync.Configuration;

/// <summary>Registers what finds the changes that jobs make on the cluster.</summary>
internal static class ScanRegistration
{
    private static readonly TimeSpan LongestOverlap = TimeSpan.FromMinutes(10);

    public static IServiceCollection AddScan(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<ScanOptions>().Bind(configuration.GetSection("Myriad:Scan")).ValidateDataAnnotations()
            .Validate(options => options.Overlap >= TimeSpan.Zero && options.Overlap <= LongestOverlap, "Myriad:Scan:Overlap must be from 0 to 10 minutes.")
            .ValidateOnStart();
        services.AddSingleton<IScanMarks, TableScanMarks>();
        services.AddSingleton<IEpochs, TableEpochs>();
        services.AddSingleton<FutureRows>();
        services.AddSingleton<ForeignIntake>();
        services.AddSingleton<BulkIntake>();
        services.AddSingleton<ClusterScan>();
        return services;
    }
}
