namespace MyriadSync.Contracts.Stores;

/// <summary>Every store that the app knows. Read once at start.</summary>
public interface IStoreCatalog
{
    /// <summary>The declared stores.</summary>
    IReadOnlyCollection<StoreDefinition> Declared { get; }

    /// <summary>The store; null: nothing declares it, and undeclared ones are not taken.</summary>
    StoreDefinition? Find(string store);
}
