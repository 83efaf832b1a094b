using MyriadSync.Contracts;
using MyriadSync.Contracts.Stores;

namespace MyriadSync.Pipeline.Resolve.Merge;

/// <summary>A place within a newly assigned one that stays as it was: others wrote it, and the assignment does not know that or is older.</summary>
/// <param name="Path">Where.</param>
/// <param name="Json">What is there; null: nothing, it was taken away.</param>
/// <param name="Clock">Its clock.</param>
/// <param name="Kind">Its kind; of a set only the elements stay that the assignment does not know.</param>
internal sealed record Survivor(string Path, ReadOnlyMemory<byte>? Json, FieldClock Clock, FieldKind? Kind);
