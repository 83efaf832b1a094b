using MyriadSync.ChangeLog;
using MyriadSync.Contracts;
using MyriadSync.Contracts.Keys;
using MyriadSync.Contracts.Stores;
using MyriadSync.Contracts.Tables;
using MyriadSync.Myriad;
using MyriadSync.Myriad.Records;
using MyriadSync.Orchestration.Stages;
using MyriadSync.Pipeline.Transform;

namespace MyriadSync.Orchestration.Remap;

/// <summary>
/// Lays the rows of a store out by the configuration's mapping, while no instance of the app runs: drains the log by the old one, checks that every
/// record fits the new one, and moves row by row. Each step may be repeated; a run that was stopped anywhere is finished by the next.
/// <code>
/// registry: old --mark--> old, next --rewrite--> new
///            |                |
///            drain + check    drain + move rows, tell the log of changed values
/// </code>
/// </summary>
internal sealed class StoreRemapper(
    IMappingRegistry registry, RowCodecs codecs, IChangeLog log, ApplyStage apply, IRecordStore store, TableMap tables, RecordPlaces places, ISchemaVersions versions, ClusterClock clock, IIdSource ids, TimeProvider time)
{
    private const int PageRows = 500;
    private const int MaxTold = 20;
    private const int MaxTries = 25;

    /// <summary>How long instances that still run may take to notice that a remap has begun.</summary>
    public static TimeSpan Grace { get; } = MappingGuard.Fresh * 2;

    /// <summary>Remaps a store.</summary>
    /// <param name="name">The store.</param>
    /// <param name="grace">Time between the mark and the first row; zero when it is sure that no instance runs.</param>
    /// <param name="cancellationToken">Stops; run again to go on.</param>
    public async Task<RemapAnswer> RemapAsync(string name, TimeSpan grace, CancellationToken cancellationToken)
    {
        var stored = (await registry.ReadAllAsync(cancellationToken)).FirstOrDefault(row => row.Store == name);
        var target = codecs.Mappings.Only(name);
        if (stored is null || (stored.Next is null && stored.Hash == target.HashOfStore(name)))
        {
            return new RemapAnswer(true, 0, 0, []);
        }

        if (stored.Next is { } next && next.Hash != target.Hash)
        {
            return RemapAnswer.Stopped($"A remap of store {name} to mapping {next.Hash} is not finished: run it again with that configuration first.");
        }

        var from = codecs.Under(stored.Mapping).Of(name);
        var datasets = await log.ReadDatasetsAsync(cancellationToken).ToListAsync(cancellationToken);
        if (stored.Next is null)
        {
            if (await PrepareAsync(datasets, name, from, cancellationToken) is { } trouble)
            {
                return trouble;
            }

            stored = await registry.ReplaceAsync(stored with { Next = target, RemapId = ids.NewId() }, cancellationToken);
            if (stored is null)
            {
                return RemapAnswer.Stopped($"Somebody else has begun to remap store {name}.");
            }

            await Task.Delay(grace, time, cancellationToken);
        }

        var total = new RemapAnswer(true, 0, 0, []);
        foreach (var dataset in datasets)
        {
            if (await DrainAsync(dataset, cancellationToken) is { } before)
            {
                return before;
            }

            var answer = await MoveAsync(dataset, name, from, stored.RemapId, cancellationToken);
            total = new RemapAnswer(answer.Done, total.Rows + answer.Rows, total.Changed + answer.Changed, answer.Trouble);
            if (!total.Done)
            {
                return total;
            }

            if (await DrainAsync(dataset, cancellationToken) is { } after)
            {
                return after;
            }
        }

        return await registry.ReplaceAsync(stored with { Mapping = target, Next = null, RemapId = "" }, cancellationToken) is null
            ? RemapAnswer.Stopped($"Somebody else has remapped store {name} meanwhile.")
            : total;
    }

    /// <summary>Nothing is touched before every record is known to fit.</summary>
    private async Task<RemapAnswer?> PrepareAsync(IReadOnlyList<string> datasets, string name, IRowCodec from, CancellationToken cancellationToken)
    {
        var refused = new List<string>();
        foreach (var dataset in datasets)
        {
            if (await DrainAsync(dataset, cancellationToken) is { } waits)
            {
                return waits;
            }

            await foreach (var (rows, fault) in PagesAsync(dataset, name, cancellationToken))
            {
                if (fault is not null)
                {
                    return fault;
                }

                if (places.TableOf(name) is not null)
                {
                    break;
                }

                refused.AddRange(RemapPage.Plan(rows, from, codecs.Of(name), versions, "check").Refused);
            }
        }

        return refused.Count == 0
            ? null
            : RemapAnswer.Stopped([$"{refused.Count} records of store {name} do not fit the new mapping; nothing was changed.", .. refused.Take(MaxTold)]);
    }

    /// <summary>Brings the cluster up to the log, by the mappings that its segments name. Null: done.</summary>
    private async Task<RemapAnswer?> DrainAsync(string dataset, CancellationToken cancellationToken)
    {
        var head = await log.ReadHeadAsync(dataset, cancellationToken);
        var answer = await apply.CatchUpAsync(dataset, head?.Seq ?? 0, cancellationToken);
        return answer.WaitReason is null
            ? null
            : RemapAnswer.Stopped($"Dataset {dataset}: the cluster is at {answer.AppliedSeq} of {answer.HeadSeq} ({answer.WaitReason}). Run again to go on.");
    }

    private async Task<RemapAnswer> MoveAsync(string dataset, string name, IRowCodec from, string remapId, CancellationToken cancellationToken)
    {
        var (moved, changed) = (0, 0);
        await foreach (var (rows, fault) in PagesAsync(dataset, name, cancellationToken))
        {
            if (fault is not null)
            {
                return fault;
            }

            var page = places.TableOf(name) is null ? RemapPage.Plan(rows, from, codecs.Of(name), versions, remapId) : RemapPage.Reread(rows, from, codecs.Of(name), versions);
            if (page.Refused.Count > 0)
            {
                return RemapAnswer.Stopped(["Records came in that do not fit the new mapping; mend their rows on the cluster and run again.", .. page.Refused.Take(MaxTold)]);
            }

            await clock.MeasureAsync(tables.TableOf(dataset), cancellationToken);
            await TellAsync(dataset, page.Changed, cancellationToken);
            if (await WriteAsync(dataset, page.Moves, cancellationToken) is { } trouble)
            {
                return trouble;
            }

            (moved, changed) = (moved + page.Moves.Count, changed + page.Changed.Count);
        }

        return new RemapAnswer(true, moved, changed, []);
    }

    /// <summary>First what is new, then what is left over, then the note that nothing is: the order that makes a crash harmless.</summary>
    private async Task<RemapAnswer?> WriteAsync(string dataset, IReadOnlyList<RowMove> moves, CancellationToken cancellationToken)
    {
        var table = tables.TableOf(dataset);
        (IReadOnlyList<RowPut> Puts, IReadOnlyList<RowDelete> Deletes)[] steps =
        [
            ([.. moves.Select(move => move.Put).OfType<RowPut>()], []),
            ([], [.. moves.Select(move => move.Delete).OfType<RowDelete>()]),
            ([.. moves.Select(move => move.Note).OfType<RowPut>()], []),
        ];
        foreach (var (puts, deletes) in steps.Where(step => step.Puts.Count + step.Deletes.Count > 0))
        {
            var answer = await store.WriteAsync(table, puts, deletes, cancellationToken);
            if (answer.Fault != StoreFault.None || answer.Refused.Count > 0)
            {
                return RemapAnswer.Stopped(answer.Fault != StoreFault.None
                    ? $"The cluster did not take rows of dataset {dataset} ({answer.Reason}). Run again to go on."
                    : $"The cluster refuses the row {answer.Refused[0].Key}: {answer.Refused[0].Reason}");
            }
        }

        return null;
    }

    /// <summary>Commits the values that the new mapping changes. They keep author and time: a remap is no edit, and wins over nobody's.</summary>
    private async Task TellAsync(string dataset, IReadOnlyList<LogEntry> changed, CancellationToken cancellationToken)
    {
        var rest = changed;
        var chunk = rest.Count;
        for (var tries = 0; rest.Count > 0; tries++)
        {
            var head = await log.ReadHeadAsync(dataset, cancellationToken);
            var commit = new Commit
            {
                Head = head,
                NewEpoch = ids.NewId(),
                CommitId = ids.NewId(),
                CommitTs = Math.Max((head?.LastTs ?? 0) + 1, clock.NowMs),
                SchemaVersion = versions.Current,
                Entries = [.. rest.Take(chunk).Select((entry, i) => entry with { Rev = (head?.Seq ?? 0) + i + 1 })],
            };
            var answer = await log.CommitAsync(dataset, commit, cancellationToken);
            switch (answer.Verdict)
            {
                case CommitVerdict.Committed:
                    rest = [.. rest.Skip(chunk)];
                    tries = -1;
                    break;
                case CommitVerdict.TooLarge:
                    chunk = chunk > 1 ? chunk / 2 : throw new InvalidDataException($"A record of dataset {dataset} fits no row of the log.");
                    break;
                default:
                    if (tries == MaxTries)
                    {
                        throw new InvalidOperationException($"Dataset {dataset} is written all the time: stop every instance of the app, and run again.");
                    }

                    break;
            }
        }
    }

    private async IAsyncEnumerable<(IReadOnlyList<Row> Rows, RemapAnswer? Fault)> PagesAsync(
        string dataset, string name, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var range = RowKeys.StoreRange(dataset, name);
        for (var start = range.Start; ;)
        {
            var scan = await store.ScanAsync(tables.TableOf(dataset), start, range.End, PageRows, cancellationToken);
            if (scan.Fault != StoreFault.None)
            {
                yield return ([], RemapAnswer.Stopped($"The cluster does not answer ({scan.Reason}). Run again to go on."));
                yield break;
            }

            yield return (scan.Rows, null);
            if (scan.End)
            {
                yield break;
            }

            start = scan.NextStart!;
        }
    }
}
