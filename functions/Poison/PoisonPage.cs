namespace MyriadSync.Poison;

/// <summary>A page of entries.</summary>
/// <param name="Entries">In the order of their ids.</param>
/// <param name="Next">Id to go on after; null: that was the last page.</param>
internal sealed record PoisonPage(IReadOnlyList<PoisonEntry> Entries, string? Next);
