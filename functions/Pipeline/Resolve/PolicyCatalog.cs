using System.Collections.Concurrent;
using MyriadSync.Contracts.Resolvers;
using MyriadSync.Contracts.Stores;
using MyriadSync.Pipeline.Resolve.Rules;

namespace MyriadSync.Pipeline.Resolve;

/// <summary>The policy of each store, as its file says.</summary>
/// <param name="stores">The stores.</param>
/// <param name="custom">The app's own resolvers, by name; null: none of that name is registered.</param>
internal sealed class PolicyCatalog(IStoreCatalog stores, Func<string, IConflictResolver?> custom)
{
    // Stores without a file are all alike, and there is no end to their names: only declared ones are remembered.
    private readonly ConcurrentDictionary<StoreDefinition, IConflictPolicy> _policies = new(ReferenceEqualityComparer.Instance);

    /// <summary>The policy of a store. One that nothing declares is taken as it comes.</summary>
    public IConflictPolicy Of(string store) => stores.Find(store) is { } definition && !IsPlain(definition)
        ? _policies.GetOrAdd(definition, _ => new StorePolicy(ResolverOf(definition), definition.Kinds))
        : StorePolicy.LastWriteWins;

    /// <summary>The names of resolvers that stores ask for and that nobody registered.</summary>
    public IReadOnlyList<(string Store, string Resolver)> Missing() =>
        [.. stores.Declared.Where(store => store.Policy == ConflictPolicy.Custom && custom(store.Resolver ?? "") is null).Select(store => (store.Name, store.Resolver ?? ""))];

    private static bool IsPlain(StoreDefinition store) => store.Policy == ConflictPolicy.LastWriteWins && store.Kinds.Count == 0;

    private IConflictResolver ResolverOf(StoreDefinition store) => store.Policy switch
    {
        ConflictPolicy.LastWriteWins => new LastWriteWins(),
        ConflictPolicy.FieldMerge => new FieldMerge(),
        ConflictPolicy.ClientWins => new ClientWins(),
        ConflictPolicy.ServerWins => new ServerWins(),
        ConflictPolicy.Reject => new RejectConflicts(),
        ConflictPolicy.Manual => new ParkConflicts(),
        ConflictPolicy.Custom => custom(store.Resolver ?? "") ?? throw new InvalidOperationException($"No conflict resolver '{store.Resolver}' is registered for store '{store.Name}'."),
        _ => throw new InvalidOperationException($"Store '{store.Name}' has an unknown policy."),
    };
}
