namespace MyriadSync.Pipeline.Transform.Schema;

/// <summary>A member that a schema names.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Schema">Of its value.</param>
/// <param name="Required">It must be there.</param>
internal sealed record PropertyRule(string Name, SchemaNode Schema, bool Required);
