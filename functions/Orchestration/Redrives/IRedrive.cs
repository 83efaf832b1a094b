using MyriadSync.Poison;

namespace MyriadSync.Orchestration.Redrives;

/// <summary>How items of one kind are processed after all. Safe to repeat: what an earlier try has done is found and not done again.</summary>
internal interface IRedrive
{
    /// <summary>One of <see cref="PoisonKinds"/>.</summary>
    string Kind { get; }

    /// <summary>Whether the item was processed by a try that could not say so any more; null: it was not.</summary>
    Task<RedriveVerdict?> FindDoneAsync(PoisonEntry entry, CancellationToken cancellationToken);

    /// <summary>Tries.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="sub">Who asked.</param>
    /// <param name="traceParent">W3C trace context of the request.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<RedriveVerdict> RunAsync(PoisonEntry entry, string sub, string traceParent, CancellationToken cancellationToken);
}
