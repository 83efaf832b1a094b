using MyriadSync.ChangeLog;
using MyriadSync.Contracts;
using MyriadSync.Contracts.Keys;
using MyriadSync.Contracts.Stores;
using MyriadSync.Myriad;
using MyriadSync.Myriad.Records;
using MyriadSync.Pipeline.Resolve.Foreign;
using MyriadSync.Poison;

namespace MyriadSync.Orchestration.Stages;

/// <summary>
/// What rows of the cluster say, by their stores' mappings. A row that a job left with a cell that cannot be read, in a store that wants such rows parked,
/// says nothing: the record in effect is what the log committed last, and operators are told of the row.
/// </summary>
internal sealed class RowStates(IRowCodecs codecs, ForeignJudge jobs, IChangeLog log, LogWindows windows, IPoisonFeed poison)
{
    /// <summary>Reason of poison entries about rows.</summary>
    public const string UnreadableCell = "unreadable-cell";

    /// <summary>States by record.</summary>
    /// <param name="dataset">The dataset.</param>
    /// <param name="wanted">Records by row key.</param>
    /// <param name="rows">Rows that were found, by key.</param>
    /// <param name="report">For a commit: tell operators of what cannot be read, and read what is needed to judge what jobs wrote; safe to repeat.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Dictionary<RecordId, RecordState>> ReadAsync(
        string dataset, IReadOnlyDictionary<string, RecordId> wanted, IReadOnlyDictionary<string, Row> rows, bool report, CancellationToken cancellationToken)
    {
        var states = new Dictionary<RecordId, RecordState>(wanted.Count);
        foreach (var (key, record) in wanted)
        {
            states[record] = rows.TryGetValue(key, out var row) ? await ReadAsync(dataset, record, row, report, cancellationToken) : RecordState.Absent;
        }

        return states;
    }

    /// <summary>States of scanned rows by row key. A row that belongs to no record of ours is left out.</summary>
    public async Task<Dictionary<string, RecordState>> ReadAsync(string dataset, IReadOnlyList<Row> rows, CancellationToken cancellationToken)
    {
        var states = new Dictionary<string, RecordState>(rows.Count);
        foreach (var row in rows)
        {
            if (RowKeys.TryParse(row.Key, out _, out var store, out var key))
            {
                states[row.Key] = await ReadAsync(dataset, new RecordId(store, key), row, report: false, cancellationToken);
            }
        }

        return states;
    }

    private async Task<RecordState> ReadAsync(string dataset, RecordId record, Row row, bool report, CancellationToken cancellationToken)
    {
        var state = RecordRows.Read(row, codecs.Of(record.Store));
        if (!state.Foreign)
        {
            return state;
        }

        if (state.Unreadable.FirstOrDefault(cell => cell.Then == BadCell.Poison) is not { } bad)
        {
            return report && jobs.IsContested(record, state) ? state with { Committed = await CommittedAsync(dataset, record, state, cancellationToken) } : state;
        }

        if (report)
        {
            await poison.SendRowAsync(dataset, BadRows.Describe(record, row, bad), cancellationToken);
        }

        return await InEffectAsync(dataset, record, state, cancellationToken);
    }

    /// <summary>The record as the log has it. Past retention only the row knows it, as far as it can be read.</summary>
    private async Task<RecordState> InEffectAsync(string dataset, RecordId record, RecordState row, CancellationToken cancellationToken)
    {
        // The next edit writes every column: whatever the job left is in the poison entry, and no part of the record.
        var rewritten = row with { Foreign = false, Rewrite = true, Unreadable = [] };
        if (row.Rev == 0)
        {
            return RecordState.Absent with { NewestCell = row.NewestCell, Rewrite = true };
        }

        return await CommittedAsync(dataset, record, row, cancellationToken) is { } committed ? committed with { NewestCell = row.NewestCell, Rewrite = true } : rewritten;
    }

    /// <summary>The record as the entry left it that the row names; null: the log no longer has it.</summary>
    private async Task<RecordState?> CommittedAsync(string dataset, RecordId record, RecordState row, CancellationToken cancellationToken)
    {
        if (windows.Get(dataset).Latest(record) is { } latest && latest.Rev == row.Rev)
        {
            return RecordState.Of(latest);
        }

        var segments = await log.ReadSegmentsAsync(dataset, row.Rev - 1, row.Rev, 1, cancellationToken);
        return segments?.SelectMany(segment => segment.Entries).FirstOrDefault(entry => entry.Rev == row.Rev && entry.Store == record.Store && entry.Key == record.Key) is { } entry
            ? RecordState.Of(entry)
            : null;
    }
}
