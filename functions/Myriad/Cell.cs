namespace MyriadSync.Myriad;

/// <summary>One cell of a row.</summary>
/// <param name="Column">Family and qualifier, as in <c>d:title</c>. A name of the cluster that is not UTF-8 comes with U+FFFD in it.</param>
/// <param name="Timestamp">Milliseconds since 1970 by the writer's clock; the newest one wins.</param>
/// <param name="Value">The bytes as stored; may be empty.</param>
public sealed record Cell(string Column, long Timestamp, ReadOnlyMemory<byte> Value);
