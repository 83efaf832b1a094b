namespace MyriadSync.Contracts.Values;

/// <summary>A top-level field of a record.</summary>
/// <param name="Name">Member name, literal; UTF-16, lone surrogates included.</param>
/// <param name="Json">The field's value in canonical JSON, UTF-8.</param>
public readonly record struct RecordField(string Name, ReadOnlyMemory<byte> Json);
