namespace MyriadSync.Contracts.Stores;

/// <summary>A member has another name. Reversible.</summary>
/// <param name="From">JSON Pointer to it, by its old name.</param>
/// <param name="To">JSON Pointer to it, by its new name: in the same object.</param>
public sealed record RenameStep(string From, string To) : MigrationStep;
