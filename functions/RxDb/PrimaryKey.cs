using MyriadSync.Contracts.Stores;

namespace MyriadSync.RxDb;

/// <summary>Where the documents of a store have their key.</summary>
/// <param name="Path">A top-level field.</param>
/// <param name="InValue">The record's value has it as well; otherwise it is taken out of what comes, and put into what goes.</param>
internal sealed record PrimaryKey(string Path, bool InValue)
{
    /// <summary>A store's key; null: none that RxDB can have, or another than the client's.</summary>
    /// <param name="store">The store.</param>
    /// <param name="asked">The field that the client names; null: it does not.</param>
    /// <param name="isDeclared">A file says how the store keeps its keys. Of others nobody knows, and the key stays where the client has it.</param>
    public static PrimaryKey? Of(StoreDefinition store, string? asked, bool isDeclared) => store.KeyPath switch
    {
        null => new PrimaryKey(asked ?? RxFields.DefaultPrimaryPath, InValue: !isDeclared),
        { IsCompound: false, Paths: [var path] } when !path.Contains('.', StringComparison.Ordinal) && (asked ?? path) == path => new PrimaryKey(path, InValue: true),
        _ => null,
    };
}
