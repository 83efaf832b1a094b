using Microsoft.Extensions.DependencyInjection;
using MyriadSync.Contracts;
using MyriadSync.Contracts.Stores;
using MyriadSync.Pipeline.Resolve;

namespace MyriadSync.IntegrationTests.Support;

/// <summary>Makes every undeclared store one whose conflicts are left to a person.</summary>
internal static class ManualStores
{
    /// <summary>For <c>LocalStackOptions.ConfigureServices</c>.</summary>
    public static void AddManualStores(this IServiceCollection services)
    {
        services.Decorate<IStoreCatalog>(inner => new Catalog(inner));
        services.AddSingleton(new BatchResolver(_ => new Parking()));
    }

    private sealed class Catalog(IStoreCatalog inner) : IStoreCatalog
    {
        public IReadOnlyCollection<StoreDefinition> Declared => inner.Declared;

        public StoreDefinition? Find(string store) => inner.Find(store) is { } found ? found with { Policy = ConflictPolicy.Manual } : null;
    }

    private sealed class Parking : IConflictPolicy
    {
        private readonly LastWriteWins _inner = new();

        public Resolution Resolve(RecordState current, Contracts.Change change, ChangeContext context)
        {
            var resolution = _inner.Resolve(current, change, context);
            return !context.Concurrent
                ? resolution
                : new Resolution
                {
                    Outcome = Outcome.Conflict,
                    Next = current,
                    Reason = "concurrent-edit",
                    Detail = "A concurrent edit was there first; a person decides.",
                    Parked = change,
                    Ours = _inner.Resolve(current, change, context with { Concurrent = false, Force = true }).Next,
                };
        }
    }
}
