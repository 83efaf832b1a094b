using MyriadSync.ChangeLog;

namespace MyriadSync.Conflicts;

/// <summary>
/// Brings parked conflicts from the log into their table, after the commit: what a crash swallows is brought by whoever finishes the work, and what is
/// brought twice is there once.
/// </summary>
internal sealed class ConflictFeed(ConflictTable table, TimeProvider time)
{
    /// <summary>Rows written side by side.</summary>
    private const int Parallelism = 8;

    /// <summary>The conflicts of outcomes rows.</summary>
    /// <param name="dataset">The dataset.</param>
    /// <param name="sub">The user that the client belongs to.</param>
    /// <param name="rows">As they are stored.</param>
    /// <param name="traceParent">W3C trace context of the push.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task SendAsync(string dataset, string sub, IReadOnlyList<OutcomesRow> rows, string traceParent, CancellationToken cancellationToken)
    {
        var parked = rows.SelectMany(row => row.Outcomes.Where(outcome => outcome is { ConflictId: not null, Parked: not null }).Select(outcome => (row, outcome)));
        await Parallel.ForEachAsync(
            parked,
            new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancellationToken },
            async (pair, token) => await table.RecordAsync(
                new ConflictEntry
                {
                    Dataset = dataset,
                    ConflictId = pair.outcome.ConflictId!,
                    Record = pair.outcome.Record!.Value,
                    ClientId = pair.row.ClientId,
                    Sub = sub,
                    BatchId = pair.row.BatchId,
                    Seq = pair.outcome.Seq,
                    LastSeq = pair.row.Outcomes.Last(outcome => outcome.ConflictId == pair.outcome.ConflictId).Seq,
                    Reason = pair.outcome.Reason ?? "",
                    ParkedAt = time.GetUtcNow(),
                    TraceParent = traceParent,
                },
                pair.outcome.Parked!.Value,
                token));
    }

    /// <summary>The conflict that a redriven change ended in.</summary>
    public Task SendAsync(ConflictEntry entry, ReadOnlyMemory<byte> item, CancellationToken cancellationToken) => table.RecordAsync(entry, item, cancellationToken);
}
