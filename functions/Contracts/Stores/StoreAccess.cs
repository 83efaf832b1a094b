namespace MyriadSync.Contracts.Stores;

/// <summary>Who may use a store, on top of the access to its dataset: role names as they stand in the token, any one of them.</summary>
public sealed record StoreAccess
{
    /// <summary>Whoever may read, or write, the dataset.</summary>
    public static StoreAccess Everyone { get; } = new();

    /// <summary>Roles that may read; null: everyone with role <c>read</c>.</summary>
    public IReadOnlyList<string>? Read { get; init; }

    /// <summary>Roles that may write; null: everyone with role <c>write</c>.</summary>
    public IReadOnlyList<string>? Write { get; init; }

    /// <summary>Whether one with these roles may read the store; access to the dataset is another matter.</summary>
    public bool MayRead(IReadOnlyCollection<string> roles) => Read is null || Read.Any(roles.Contains);

    /// <summary>Whether one with these roles may write the store; access to the dataset is another matter.</summary>
    public bool MayWrite(IReadOnlyCollection<string> roles) => Write is null || Write.Any(roles.Contains);
}
