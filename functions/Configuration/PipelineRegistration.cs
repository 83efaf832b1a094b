using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using MyriadSync.Configuration.Stores;
using MyriadSync.Contracts;
using MyriadSync.Contracts.Stores;
using MyriadSync.Contracts.Tables;
using MyriadSync.Myriad;
using MyriadSync.Orchestration;
using MyriadSync.Orchestration.Rebuild;
using MyriadSync.Orchestration.Redrives;
using MyriadSync.Orchestration.Remap;
using MyriadSync.Orchestration.Resolutions;
using MyriadSync.Orchestration.Stages;
using MyriadSync.Pipeline.Resolve.Foreign;
using MyriadSync.Pipeline.Transform;
using MyriadSync.Reading;
using MyriadSync.RxDb;

namespace MyriadSync.Configuration;

/// <summary>Registers the way of a batch and the ways to read.</summary>
internal static class PipelineRegistration
{
    public static IServiceCollection AddPipeline(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<SyncLimits>().Bind(configuration.GetSection("Limits")).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<TableMapOptions>().Bind(configuration.GetSection("Myriad:Tables")).ValidateDataAnnotations().ValidateOnStart();
        services.AddStores(configuration);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<IIdSource, RandomIdSource>();
        services.AddSingleton<TableMap>();
        services.AddSingleton<RecordPlaces>();
        services.AddSingleton<ClusterTables>();
        services.AddSingleton<ClusterClock>();

        services.AddPolicies();
        services.AddSingleton(provider => MappingSet.Of(provider.GetRequiredService<IStoreCatalog>().Declared));
        services.AddSingleton<TransformerCatalog>();
        services.AddSingleton<RowCodecs>();
        services.AddSingleton<IRowCodecs>(provider => provider.GetRequiredService<RowCodecs>());
        services.AddSingleton<MappingHistory>();
        services.AddSingleton<ForeignJudge>();
        services.AddSingleton<RowStates>();
        services.AddSingleton<MappingGuard>();
        services.AddSingleton<StoreRemapper>();
        services.AddSingleton<OutdatedHolds>();
        services.AddSingleton<LogRebuilder>();
        services.AddHostedService<MappingCheck>();
        services.AddSingleton<MappingShaper>();
        services.AddSingleton<IValueShaper>(provider => new CheckingShaper(provider.GetRequiredService<SchemaChecker>(), provider.GetRequiredService<MappingShaper>()));
        services.AddSingleton<ChangeTransformer>();
        services.AddSingleton<FetchStage>();
        services.AddSingleton<LostLogs>();
        services.AddSingleton<IHealthProbe>(provider => provider.GetRequiredService<LostLogs>());
        services.AddSingleton<CommitLoop>();
        services.AddSingleton<CommitFactory>();
        services.AddSingleton<CommitStage>();
        services.AddSingleton<AfterCommit>();
        services.AddSingleton<OperatorStage>();
        services.AddSingleton<ConflictDesk>();
        services.AddSingleton<IRedrive, ChangeRedrive>();
        services.AddSingleton<IRedrive, HeldRedrive>();
        services.AddSingleton<IRedrive, RowRedrive>();
        services.AddSingleton<IRedrive, MessageRedrive>();
        services.AddSingleton<PoisonDesk>();
        services.AddSingleton<ApplyStage>();
        services.AddSingleton<BatchMemory>();
        services.AddSingleton<BatchLoader>();
        services.AddSingleton<BatchDesk>();
        services.AddSingleton<AnswerBuilder>();

        services.AddSingleton<RecordReader>();
        services.AddSingleton<IRecordReader>(provider => provider.GetRequiredService<RecordReader>());
        services.AddSingleton<IDatasetReader, DatasetReader>();
        services.AddSingleton<ISnapshotReader, SnapshotReader>();
        services.AddSingleton<IChangeFeed, ChangeFeed>();
        services.AddSingleton<HeadWatch>();
        services.AddSingleton<RxPuller>();
        services.AddSingleton<RxPusher>();
        return services;
    }
}
