using Microsoft.Extensions.Options;
using MyriadSync.Contracts.Stores;

namespace MyriadSync.Pipeline.Transform;

/// <summary>The stores of the app's files and, where they are allowed, all others.</summary>
internal sealed class StoreCatalog(IReadOnlyCollection<StoreDefinition> declared, IOptions<StoreOptions> options) : IStoreCatalog
{
    private readonly Dictionary<string, StoreDefinition> _byName = declared.ToDictionary(store => store.Name);

    public IReadOnlyCollection<StoreDefinition> Declared => declared;

    public StoreDefinition? Find(string store) =>
        _byName.TryGetValue(store, out var found) ? found : options.Value.AllowUndeclared ? StoreDefinition.Undeclared(store) : null;
}
