using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using MyriadSync.Contracts.Stores;
using MyriadSync.Contracts.Tables;
using MyriadSync.Myriad.Existing;

namespace MyriadSync.Myriad.HBase;

/// <summary>Makes HBase the record store.</summary>
public static class HBaseServiceCollectionExtensions
{
    // Long enough to save handshakes, short enough to follow a changed DNS name or load balancer.
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(2);

    /// <summary>Registers <see cref="IRecordStore"/> over the gateways of the section <see cref="HBaseOptions.Section"/>, which is checked at start.</summary>
    /// <param name="services">The services of the app.</param>
    /// <param name="configuration">The whole configuration.</param>
    public static IServiceCollection AddHBase(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<HBaseOptions>().Bind(configuration.GetSection(HBaseOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<HBaseOptions>, HBaseOptionsValidator>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<HBaseConnections>();
        services.AddSingleton(Create);
        return services;
    }

    private static IRecordStore Create(IServiceProvider provider)
    {
        var (stores, codecs, places) = (provider.GetService<IStoreCatalog>(), provider.GetService<IRowCodecs>(), provider.GetService<RecordPlaces>());
        // Families of tables that others made are no matter of the datasets' own.
        var families = stores?.Declared.Where(store => store.Table is null).SelectMany(store => codecs?.Of(store.Name).NamedColumns ?? []).Select(column => column.Split(':')[0]).Distinct();
        var store = new HBaseRecordStore(
            provider.GetRequiredService<HBaseConnections>().Handler,
            provider.GetRequiredService<IOptions<HBaseOptions>>().Value,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<HBaseRecordStore>>(),
            [.. families ?? []],
            places is null || codecs is null ? null : OtherTables.Of(places.Tables, name => codecs.Of(name).NamedColumns));
        return places is { Tables.Count: > 0 } ? new ExistingTableStore(store, places) : store;
    }

    /// <summary>The pooled connections, as the app uses them.</summary>
    internal static SocketsHttpHandler CreateHandler(HBaseOptions options) => new()
    {
        PooledConnectionLifetime = ConnectionLifetime,
        ConnectTimeout = options.Timeout < ConnectTimeout ? options.Timeout : ConnectTimeout,
        MaxConnectionsPerServer = options.MaxParallelRequests,
        AutomaticDecompression = options.Compress ? DecompressionMethods.GZip : DecompressionMethods.None,
        // A redirect would carry credentials elsewhere, and no gateway sends one.
        AllowAutoRedirect = false,
        UseCookies = false,
    };

    /// <summary>Owns the handler for as long as the app lives.</summary>
    private sealed class HBaseConnections(IOptions<HBaseOptions> options) : IDisposable
    {
        public SocketsHttpHandler Handler { get; } = CreateHandler(options.Value);

        public void Dispose() => Handler.Dispose();
    }
}
