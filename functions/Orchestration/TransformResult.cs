namespace MyriadSync.Orchestration;

/// <summary>Result of the transform activity.</summary>
/// <param name="Changes">Changes in the batch; 0: the batch is no longer there, because another run settled it.</param>
/// <param name="Refused">How many of them can never be taken.</param>
public sealed record TransformResult(int Changes, int Refused);
