using MyriadSync.Contracts;
using MyriadSync.Contracts.Stores;

namespace MyriadSync.Security;

/// <summary>What a caller's roles open of the stores whose files name roles.</summary>
internal sealed class StoreGate(IStoreCatalog catalog)
{
    private readonly HashSet<string> _named = [.. catalog.Declared.SelectMany(store => (store.Access.Read ?? []).Concat(store.Access.Write ?? []))];

    /// <summary>What they may see, of the stores that they ask for.</summary>
    public ReadScope ScopeOf(Caller caller, IReadOnlyList<string>? only = null) => new()
    {
        Only = only,
        Nothing = !caller.Roles.HasFlag(Role.Read),
        Hidden = [.. catalog.Declared.Where(store => !store.Access.MayRead(caller.RoleNames)).Select(store => store.Name)],
    };

    /// <summary>Those of their roles that any store's file names: all that a later check needs.</summary>
    public IReadOnlyList<string> RolesOf(Caller caller) => [.. caller.RoleNames.Where(_named.Contains).Distinct()];
}
