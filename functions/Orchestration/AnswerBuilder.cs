using MyriadSync.ChangeLog;
using MyriadSync.Contracts;
using MyriadSync.Contracts.Stores;
using MyriadSync.Reading;

namespace MyriadSync.Orchestration;

/// <summary>Makes a client's answer of stored outcomes: the same however often it is asked for, but for the record in effect, which is given as it stands now.</summary>
internal sealed class AnswerBuilder(RecordReader records, LogWindows windows, ISchemaVersions versions)
{
    /// <summary>The answer; null: a record in effect is needed and the cluster does not answer, so ask again later.</summary>
    /// <param name="dataset">The dataset.</param>
    /// <param name="batchId">The batch asked about.</param>
    /// <param name="firstSeq">Its first change.</param>
    /// <param name="lastSeq">Its last change; all are at or below the client's last seq.</param>
    /// <param name="rows">Outcomes rows that hold any of them.</param>
    /// <param name="applied">True: known to be on the cluster.</param>
    /// <param name="scope">What the asker may see: other records in effect are left out.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<BatchAnswer?> BuildAsync(
        string dataset, string batchId, long firstSeq, long lastSeq, IReadOnlyList<OutcomesRow> rows, bool applied, ReadScope scope, CancellationToken cancellationToken)
    {
        var stored = rows.SelectMany(row => row.Outcomes.Select(outcome => (row.BatchId, outcome))).ToDictionary(pair => pair.outcome.Seq);
        var wanted = stored.Values.Where(pair => pair.outcome.Seq >= firstSeq && pair.outcome.Seq <= lastSeq && pair.outcome.Record is { } record && scope.Shows(record.Store))
            .Select(pair => pair.outcome.Record!.Value)
            .Distinct()
            .ToList();
        var states = wanted.Count == 0 ? new Dictionary<RecordId, RecordState>() : await records.ReadManyAsync(dataset, wanted, cancellationToken);
        if (states is null)
        {
            return null;
        }

        var results = new List<ChangeResult>((int)(lastSeq - firstSeq + 1));
        for (var seq = firstSeq; seq <= lastSeq; seq++)
        {
            results.Add(stored.TryGetValue(seq, out var pair) ? Result(pair.outcome, pair.BatchId == batchId, Shown(pair.outcome, states, scope)) : new ChangeResult { Seq = seq, Outcome = Outcome.Duplicate });
        }

        var window = windows.Get(dataset);
        await window.EnsureLoadedAsync(cancellationToken);

        // Without rows the batch is past retention: all of it is on the cluster long since, and where it lies in the log nobody knows any more.
        var headSeq = rows.Count > 0 ? rows.Max(row => row.HeadSeq) : 0;
        var epoch = rows.Count > 0 ? await window.EpochAtAsync(headSeq, cancellationToken) : null;
        return new BatchAnswer
        {
            BatchId = batchId,
            Status = applied || await window.IsAppliedAsync(headSeq, cancellationToken) ? BatchStatus.Applied : BatchStatus.Committed,
            Cursor = epoch is null ? null : new Cursor(epoch, headSeq),
            Results = results,
        };
    }

    /// <summary>The record in effect as the asker's schema version has it; null: none is given, or not to them.</summary>
    private RecordInEffect? Shown(StoredOutcome stored, IReadOnlyDictionary<RecordId, RecordState> states, ReadScope scope)
    {
        if (stored.Record is not { } id || !states.TryGetValue(id, out var state))
        {
            return null;
        }

        var record = state.InEffect;
        return record.Value is null ? record : record with { Value = versions.Convert(id.Store, record.Value, state.SchemaVersion, scope.SchemaVersion) };
    }

    private static ChangeResult Result(StoredOutcome stored, bool original, RecordInEffect? record)
    {
        return new ChangeResult
        {
            Seq = stored.Seq,
            Outcome = original ? stored.Outcome : Outcome.Duplicate,
            Original = original ? null : stored.Outcome,
            Rev = record?.Rev ?? stored.Rev,
            Record = record,
            Pointer = stored.Pointer,
            Reason = stored.Reason,
            Detail = stored.Detail,
            PoisonId = stored.PoisonId,
            ConflictId = stored.ConflictId,
        };
    }
}
