using MyriadSync.ChangeLog;

namespace MyriadSync.Orchestration.Stages;

/// <summary>Something to be committed, in as many commits as it takes: a client's batch, or what an operator asked for.</summary>
/// <typeparam name="TAnswer">What it comes to.</typeparam>
internal interface ICommitWork<TAnswer>
    where TAnswer : class
{
    /// <summary>The answer when it has to wait, as when others always got through first.</summary>
    TAnswer Waits(string reason);

    /// <summary>Looks at the log as it stands and decides what is next.</summary>
    Task<CommitStep<TAnswer>> NextAsync(LogWindow window, CancellationToken cancellationToken);

    /// <summary>Takes note of what became of a commit. The window is up to date.</summary>
    Task NoteAsync(Commit commit, CommitAnswer answer, CancellationToken cancellationToken);
}
