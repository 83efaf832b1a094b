namespace MyriadSync.Contracts.Stores;

/// <summary>One thing that a migration does to every record of a store.</summary>
public abstract record MigrationStep;
