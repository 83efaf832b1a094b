namespace MyriadSync.Contracts.Stores;

/// <summary>Code of the app's own does it.</summary>
/// <param name="Name">The name that the migration is registered by.</param>
public sealed record CodeStep(string Name) : MigrationStep;
