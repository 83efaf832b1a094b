namespace MyriadSync.Contracts.Stores;

/// <summary>A cell that its encoding cannot read, or that is missing where the store's schema demands one.</summary>
/// <param name="Qualifier">The field that it should hold.</param>
/// <param name="Column">Where it lies.</param>
/// <param name="Trouble">One English clause for people, such as <c>no int64: 8 bytes, big-endian</c>. It never repeats content.</param>
/// <param name="Then">What the store wants done.</param>
internal sealed record UnreadableCell(string Qualifier, string Column, string Trouble, BadCell Then);
