using MyriadSync.Contracts.Resolvers;
using MyriadSync.Contracts.Stores;
using MyriadSync.Contracts.Values;
using MyriadSync.Pipeline.Resolve;

namespace MyriadSync.UnitTests.Pipeline.Resolve.Laws;

/// <summary>One store per policy, all with a counter and a set at the top and within an object.</summary>
internal static class LawStores
{
    public static readonly IReadOnlyDictionary<string, FieldKind> Kinds = new Dictionary<string, FieldKind>
    {
        ["/votes"] = FieldKind.Counter,
        ["/tags"] = FieldKind.Set,
        ["/obj/hits"] = FieldKind.Counter,
        ["/obj/marks"] = FieldKind.Set,
    };

    public static readonly ConflictPolicy[] All = Enum.GetValues<ConflictPolicy>();

    public static BatchResolver Resolver(ConflictPolicy policy)
    {
        var catalog = new PolicyCatalog(new One(new StoreDefinition { Name = "s", Policy = policy, Resolver = "longer", Kinds = Kinds }), _ => new LongerWins());
        return new BatchResolver(catalog.Of);
    }

    private sealed class One(StoreDefinition store) : IStoreCatalog
    {
        public IReadOnlyCollection<StoreDefinition> Declared => [store];

        public StoreDefinition? Find(string name) => name == store.Name ? store : null;
    }

    // An app's own: decides in every way there is, by what it is given and nothing else.
    private sealed class LongerWins : IConflictResolver
    {
        public ConflictDecision Resolve(ConcurrentEdit edit) => ((edit.Proposed?.Size ?? 0) % 6) switch
        {
            0 => ConflictDecision.Take,
            1 => ConflictDecision.Keep,
            2 => ConflictDecision.Merge,
            3 => ConflictDecision.Refuse,
            4 => ConflictDecision.Park,
            _ => ConflictDecision.Replace(edit.Proposed is { IsObject: true } value && edit.Current.Value is { IsObject: true } current
                ? RecordValue.FromFields(value.Fields.Concat(current.Fields).DistinctBy(field => field.Name))
                : edit.Current.Value),
        };
    }
}
