namespace MyriadSync.Contracts.Stores;

/// <summary>A member is new: older versions do not know it. Reversible.</summary>
/// <param name="Pointer">JSON Pointer to it.</param>
/// <param name="Value">What records have there that were made without it (canonical JSON); null: nothing.</param>
public sealed record AddStep(string Pointer, ReadOnlyMemory<byte>? Value) : MigrationStep;
