using MyriadSync.ChangeLog;

namespace MyriadSync.Poison;

/// <summary>
/// Tells operators of what could not be processed. Fed from the log after the commit, under ids that follow from the item: what a crash swallows is
/// sent again by whoever finishes the work, and what is sent twice is recorded once.
/// </summary>
internal interface IPoisonFeed
{
    /// <summary>Sends the parked changes of outcomes rows.</summary>
    Task SendParkedAsync(string dataset, IReadOnlyList<OutcomesRow> rows, string traceParent, CancellationToken cancellationToken);

    /// <summary>Sends the records that the cluster refuses.</summary>
    Task SendHeldAsync(string dataset, IReadOnlyList<HeldRow> rows, CancellationToken cancellationToken);

    /// <summary>Tells that the cluster takes records again, which closes their entries.</summary>
    Task SendReleasedAsync(string dataset, IReadOnlyList<HeldRow> rows, CancellationToken cancellationToken);

    /// <summary>Sends a job's row that cannot be taken over. Once for each state of the row, however often it is read.</summary>
    Task SendRowAsync(string dataset, BadRow row, CancellationToken cancellationToken);
}
