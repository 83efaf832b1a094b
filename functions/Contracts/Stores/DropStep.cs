namespace MyriadSync.Contracts.Stores;

/// <summary>A member goes. What stood there is lost with the next edit.</summary>
/// <param name="Pointer">JSON Pointer to it.</param>
/// <param name="Lower">What older versions are shown there (canonical JSON); null: nothing is good enough, so they are too old.</param>
public sealed record DropStep(string Pointer, ReadOnlyMemory<byte>? Lower) : MigrationStep;
