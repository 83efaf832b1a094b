namespace MyriadSync.Contracts.Stores;

/// <summary>A field whose concurrent edits never conflict, whatever the store's policy.</summary>
public enum FieldKind
{
    /// <summary>A number: <c>inc</c> adds up.</summary>
    Counter,

    /// <summary>An array or set without repeats: <c>add</c> wins over a concurrent <c>remove</c>, which takes what was there at its base.</summary>
    Set,
}
