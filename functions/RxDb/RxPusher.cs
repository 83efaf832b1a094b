using Microsoft.Extensions.Options;
using MyriadSync.ChangeLog;
using MyriadSync.Contracts;
using MyriadSync.Contracts.Stores;
using MyriadSync.Contracts.Wire;
using MyriadSync.Orchestration;
using MyriadSync.Reading;

namespace MyriadSync.RxDb;

/// <summary>
/// Takes RxDB's pushes in. A row is no write but an edit: what the client did to the state that it assumed becomes a change on the revision that had that
/// state, and goes as a batch, so that the store's policy decides. RxDB takes a row for pushed as soon as its document is not among the conflicts, and may
/// have skipped what it pulled meanwhile: so whenever the record is not what the client holds, for whatever reason, it goes back.
/// </summary>
internal sealed class RxPusher(RecordReader records, LogWindows windows, ISchemaVersions versions, IOptions<SyncLimits> limits, TimeProvider time)
{
    /// <summary>Names tried for a push. A second one is needed only when somebody took the first for something else.</summary>
    private const int MaxNames = 3;

    /// <summary>Carries a push out.</summary>
    /// <param name="push">Rows, each document once.</param>
    /// <param name="batches">Where they go.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    public async Task<RxPushReply> PushAsync(RxPush push, IRowBatches batches, CancellationToken cancellationToken)
    {
        var window = windows.Get(push.Dataset);
        await window.RefreshAloneAsync(cancellationToken);
        if (await ReadAsync(push, push.Rows, cancellationToken) is not { } states)
        {
            return RxPushReply.Waits(Problems.ClusterUnavailable);
        }

        var planner = new RowPlanner(push.Store, push.PrimaryPath, push.Sub);
        var history = RowHistory.Of(window, Moved(push, planner, states), versions, push.SchemaVersion);
        var plans = push.Rows.Select(row => planner.Plan(row, states[Id(push, row)], history.Of(Id(push, row)))).ToList();
        var reply = await SettleAsync(push, plans, batches, cancellationToken);
        if (reply is { Answer.Status: BatchStatus.Accepted } or { Answer: null, Problem: not null })
        {
            return RxPushReply.Waits(reply.Problem ?? reply.Answer?.WaitingFor ?? "commit");
        }

        await window.RefreshAloneAsync(cancellationToken);
        return await ReadAsync(push, push.Rows, cancellationToken) is { } now
            ? new RxPushReply([.. push.Rows.Where(row => row.New is null || !planner.IsState(row, row.New, now[Id(push, row)].Value)).Select(row => ToDocument(row, now[Id(push, row)]))])
            : RxPushReply.Waits(Problems.ClusterUnavailable);
    }

    private static RecordId Id(RxPush push, RxRow row) => new(push.Store.Name, row.Key);

    /// <summary>The record in effect as a document. A deleted one keeps the fields that the client sent: its schema may demand them.</summary>
    private static RxDocument ToDocument(RxRow row, RecordState state) => new(RxDocument.IdOf(row.Id), state.Value ?? row.New?.Fields, state.Value is null);

    /// <summary>Records that are not as the client assumes: only for those the past matters.</summary>
    private static HashSet<RecordId> Moved(RxPush push, RowPlanner planner, Dictionary<RecordId, RecordState> states) => push.Rows
        .Where(row => row.Assumed is { } assumed ? !planner.IsState(row, assumed, states[Id(push, row)].Value) : states[Id(push, row)].Known)
        .Select(row => Id(push, row))
        .ToHashSet();

    /// <summary>The states of the rows' records, from the log where it knows them; null: the cluster is needed, and does not answer.</summary>
    private async Task<Dictionary<RecordId, RecordState>?> ReadAsync(RxPush push, IEnumerable<RxRow> rows, CancellationToken cancellationToken)
    {
        var window = windows.Get(push.Dataset);
        var states = new Dictionary<RecordId, RecordState>();
        var unknown = new HashSet<RecordId>();
        foreach (var row in rows)
        {
            var record = Id(push, row);
            if (row.Key == default)
            {
                states[record] = RecordState.Absent;
            }
            else if (window.Latest(record) is { } entry)
            {
                states[record] = RecordState.Of(entry);
            }
            else
            {
                unknown.Add(record);
            }
        }

        var read = unknown.Count == 0 ? new Dictionary<RecordId, RecordState>() : await records.ReadManyAsync(push.Dataset, unknown, cancellationToken);
        foreach (var (record, state) in read ?? new Dictionary<RecordId, RecordState>())
        {
            states[record] = state;
        }

        return read is null ? null : states.ToDictionary(pair => pair.Key, pair => InVersion(pair.Key, pair.Value, push.SchemaVersion));
    }

    private RecordState InVersion(RecordId record, RecordState state, int schemaVersion) =>
        state.Value is null ? state : state with { Value = versions.Convert(record.Store, state.Value, state.SchemaVersion, schemaVersion) };

    /// <summary>How the push's batch stands; null: there is nothing to push, and never was.</summary>
    private async Task<BatchReply?> SettleAsync(RxPush push, List<RowPlan> plans, IRowBatches batches, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < MaxNames; attempt++)
        {
            var clientId = PushIdentity.ClientId(push, plans, attempt);
            var known = await batches.FindAsync(clientId, PushIdentity.BatchId, cancellationToken);
            if (known.Answer is not null || known.Problem == Problems.ClusterUnavailable)
            {
                return known;
            }

            var changes = plans.FindAll(plan => plan.Verdict == RowVerdict.Push);
            if (changes.Count == 0)
            {
                return null;
            }

            var reply = known.Problem is null ? await SendAsync(push, clientId, changes, batches, cancellationToken) : known;
            if (reply.Problem is Problems.BatchIdReused or Problems.ClientForked)
            {
                // The same push, sent twice at the same time: the other one's outcomes are this one's.
                reply = await batches.FindAsync(clientId, PushIdentity.BatchId, cancellationToken);
            }

            if (reply.Problem is null or Problems.ClusterUnavailable)
            {
                return reply;
            }
        }

        return BatchReply.Of(Problems.InternalError);
    }

    private async Task<BatchReply> SendAsync(RxPush push, string clientId, List<RowPlan> changes, IRowBatches batches, CancellationToken cancellationToken)
    {
        var body = RowBatch.Write(clientId, push.SchemaVersion, changes, time.GetUtcNow());
        var reading = BatchReader.Read(body, limits.Value);
        return await batches.PushAsync(reading.Batch ?? throw new InvalidOperationException($"A batch of our own does not read: {reading.Errors[0]}."), body, cancellationToken);
    }
}
