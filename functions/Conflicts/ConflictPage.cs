namespace MyriadSync.Conflicts;

/// <summary>A page of conflicts.</summary>
/// <param name="Entries">In the order of their ids.</param>
/// <param name="Next">Id to go on after; null: that was the last page.</param>
internal sealed record ConflictPage(IReadOnlyList<ConflictEntry> Entries, string? Next);
