namespace MyriadSync.RxDb;

/// <summary>What a push comes to: documents for the rows whose record is not what the client holds, or why there is no answer yet.</summary>
/// <param name="Conflicts">The records in effect.</param>
/// <param name="WaitingFor">Why the rows are not committed; the client has to send them again. Null: they are.</param>
internal sealed record RxPushReply(IReadOnlyList<RxDocument> Conflicts, string? WaitingFor = null)
{
    /// <summary>No answer yet.</summary>
    public static RxPushReply Waits(string reason) => new([], reason);
}
