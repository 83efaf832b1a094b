using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using MyriadSync.Contracts.Stores;

namespace MyriadSync.IntegrationTests.Support;

/// <summary>Makes every store one whose conflicts are left to a person.</summary>
internal static class ManualStores
{
    /// <summary>For <c>LocalStackOptions.ConfigureServices</c>.</summary>
    public static void AddManualStores(this IServiceCollection services) => services.Decorate<IStoreCatalog>(inner => new Catalog(inner));

    private sealed class Catalog(IStoreCatalog inner) : IStoreCatalog
    {
        private readonly ConcurrentDictionary<string, StoreDefinition?> _stores = new();

        public IReadOnlyCollection<StoreDefinition> Declared => inner.Declared;

        public StoreDefinition? Find(string store) => _stores.GetOrAdd(store, name => inner.Find(name) is { } found ? found with { Policy = ConflictPolicy.Manual } : null);
    }
}
