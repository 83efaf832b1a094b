namespace MyriadSync.Pipeline.Transform;

/// <summary>A registration.</summary>
/// <param name="Name">What a store's file says under <c>transformer</c>.</param>
/// <param name="Transformer">The code.</param>
internal sealed record NamedTransformer(string Name, IChangeTransformer Transformer);
