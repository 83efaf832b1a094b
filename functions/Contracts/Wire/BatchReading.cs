namespace MyriadSync.Contracts.Wire;

/// <summary>A batch, or everything that is wrong with its envelope.</summary>
public sealed record BatchReading
{
    /// <summary>The batch; null when there are <see cref="Errors"/>. Its changes may carry refusals of their own.</summary>
    public Batch? Batch { get; init; }

    /// <summary>Errors of the envelope, pointers relative to the body. Empty when there is a <see cref="Batch"/>.</summary>
    public IReadOnlyList<Refusal> Errors { get; init; } = [];
}
