using MyriadSync.ChangeLog;

namespace MyriadSync.Orchestration.Stages;

/// <summary>What <see cref="CommitLoop"/> is to do next. Exactly one is set.</summary>
/// <typeparam name="TAnswer">What the work comes to.</typeparam>
internal sealed record CommitStep<TAnswer>
    where TAnswer : class
{
    /// <summary>Nothing: this is what it came to.</summary>
    public TAnswer? End { get; init; }

    /// <summary>Read the log: the cluster shows a commit that the window does not.</summary>
    public bool Refresh { get; init; }

    /// <summary>Commit this.</summary>
    public Commit? Commit { get; init; }
}
