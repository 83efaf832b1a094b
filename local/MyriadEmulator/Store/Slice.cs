namespace MyriadSync.MyriadEmulator.Store;

/// <summary>Where bytes lie in the memory of a <see cref="MutationBatch"/>.</summary>
internal readonly record struct Slice(int Start, int Length);
