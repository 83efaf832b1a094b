using MyriadSync.ChangeLog;
using MyriadSync.Contracts;

namespace MyriadSync.Orchestration.Stages;

/// <summary>Whether a batch may go in, by its client's row (DESIGN 4, client sequence).</summary>
/// <param name="Problem">One of <see cref="Problems"/>; null: it may.</param>
/// <param name="ExpectedSeq">The seq that the first unseen change must have.</param>
internal sealed record Admission(string? Problem, long ExpectedSeq)
{
    /// <summary>Checks the order of seqs and whose client it is. Changes below <see cref="ExpectedSeq"/> were seen before.</summary>
    public static Admission Check(ClientRow? client, Batch batch, string sub) => client switch
    {
        null when batch.FirstSeq != 1 => new(Problems.ClientUnknown, 1),
        null => new(null, 1),
        _ when client.Sub != sub => new(Problems.ClientOfAnother, 0),
        _ when batch.FirstSeq > client.LastClientSeq + 1 => new(Problems.SequenceGap, client.LastClientSeq + 1),
        _ => new(null, client.LastClientSeq + 1),
    };

    /// <summary>Compares changes that were seen before with what was seen: another content under the same seq is a forked client, or a reused batch id.</summary>
    public static string? CheckRepeat(Batch batch, IReadOnlyList<OutcomesRow> seen)
    {
        if (seen.Any(row => row.BatchId == batch.BatchId && row.BodyHash != batch.BodyHash))
        {
            return Problems.BatchIdReused;
        }

        var forked = seen.SelectMany(row => row.Outcomes)
            .Any(outcome => outcome.Seq >= batch.FirstSeq && outcome.Seq <= batch.LastSeq
                && !outcome.Digest.Span.SequenceEqual(batch.Changes[(int)(outcome.Seq - batch.FirstSeq)].Digest.Span));
        return forked ? Problems.ClientForked : null;
    }
}
