using MyriadSync.ChangeLog;
using MyriadSync.Contracts;
using MyriadSync.Contracts.Keys;
using MyriadSync.Contracts.Stores;
using MyriadSync.Myriad;
using MyriadSync.Myriad.Records;
using MyriadSync.Poison;

namespace MyriadSync.Orchestration.Stages;

/// <summary>
/// Brings the cluster up to date from the log. One run of a process at a time applies everything that is there, so that batches which come
/// in meanwhile share the next bulk write. Every cell is written and deleted with its commit's timestamp: running twice, late, or in another order
/// comes out the same, so processes need no lock among each other. <c>applied</c> moves only over segments whose every write was acknowledged.
/// </summary>
internal sealed class ApplyStage(IChangeLog log, LogWindows windows, IRecordStore store, TableMap tables, MappingHistory mappings, IPoisonFeed poison)
{
    /// <summary>Entries of one round: bounds memory and the size of what is repeated after a fault.</summary>
    private const int RoundEntries = 4000;

    /// <summary>Bytes of values of one round.</summary>
    private const long RoundBytes = 8 * 1024 * 1024;

    /// <summary>Applies until <paramref name="upTo"/> is on the cluster, or a fault stops it.</summary>
    public async Task<ApplyStageAnswer> CatchUpAsync(string dataset, long upTo, CancellationToken cancellationToken)
    {
        var window = windows.Get(dataset);
        await window.ApplyGate.WaitAsync(cancellationToken);
        try
        {
            await window.EnsureLoadedAsync(cancellationToken);
            while (window.Applied.Seq < upTo)
            {
                if (await RoundAsync(window, cancellationToken) is { } waitReason)
                {
                    return new ApplyStageAnswer(window.Applied.Seq, window.HeadSeq, waitReason);
                }
            }

            return new ApplyStageAnswer(window.Applied.Seq, window.HeadSeq, null);
        }
        finally
        {
            window.ApplyGate.Release();
        }
    }

    private async Task<string?> RoundAsync(LogWindow window, CancellationToken cancellationToken)
    {
        var applied = window.Applied;
        var segments = await ReadAsync(window, applied, cancellationToken);
        if (segments is not { Count: > 0 })
        {
            // Others applied it, or the window is behind: look at the log itself.
            await window.RefreshAloneAsync(cancellationToken);
            if (segments is null && window.Applied.Seq == applied.Seq)
            {
                throw new InvalidDataException($"The log of dataset {window.Dataset} has a hole after {applied.Seq}.");
            }

            return window.Applied.Seq > applied.Seq || window.HeadSeq > applied.Seq ? null : WaitReasons.Contention;
        }

        if (await mappings.OfAsync(window.Dataset, segments, cancellationToken) is not { } codecs)
        {
            return WaitReasons.MappingUnknown;
        }

        var (puts, deletes) = Writes(window, segments, codecs);
        var answer = await store.WriteAsync(tables.TableOf(window.Dataset), puts, deletes, cancellationToken);
        if (answer.Fault != StoreFault.None)
        {
            return WaitReasons.Of(answer.Fault);
        }

        var hold = Refused(window, segments, answer.Refused);
        var release = Released(window, segments, hold);
        var moved = await log.AdvanceAppliedAsync(window.Dataset, applied, segments[^1].Last, hold, [.. release.Select(row => row.Record)], cancellationToken);
        if (moved is null)
        {
            await window.RefreshAloneAsync(cancellationToken);
            return null;
        }

        window.Advance(moved, hold, [.. release.Select(row => row.Record)]);
        await poison.SendHeldAsync(window.Dataset, hold, cancellationToken);
        await poison.SendReleasedAsync(window.Dataset, release, cancellationToken);
        return null;
    }

    /// <summary>What is to be applied next; null: the log lacks it.</summary>
    private async Task<IReadOnlyList<Segment>?> ReadAsync(LogWindow window, AppliedRow applied, CancellationToken cancellationToken)
    {
        if (window.HeadSeq <= applied.Seq)
        {
            return [];
        }

        var segments = window.Floor <= applied.Seq
            ? window.SegmentsAbove(applied.Seq)
            : await log.ReadSegmentsAsync(window.Dataset, applied.Seq, window.HeadSeq, RoundEntries, cancellationToken);
        var (entries, bytes) = (0, 0L);
        return segments is null ? null : [.. segments.TakeWhile((segment, i) =>
        {
            entries += segment.Entries.Count;
            bytes += segment.Entries.Sum(entry => entry.Value?.Size ?? 0L);
            return i == 0 || (entries <= RoundEntries && bytes <= RoundBytes);
        })];
    }

    private static (List<RowPut> Puts, List<RowDelete> Deletes) Writes(
        LogWindow window, IReadOnlyList<Segment> segments, IReadOnlyDictionary<string, IRowCodecs> codecs)
    {
        var puts = new List<RowPut>();
        var deletes = new List<RowDelete>();
        foreach (var segment in segments)
        {
            foreach (var entry in segment.Entries)
            {
                var row = RowKeys.Compose(window.Dataset, entry.Store, entry.Key);
                var codec = codecs[segment.MapHash].Of(entry.Store);
                var held = window.Held(new RecordId(entry.Store, entry.Key));
                puts.Add(RecordRows.Put(row, entry, segment.CommitTs, whole: held is not null, codec));
                deletes.AddRange(HeldRecords.Deletes(row, entry, segment.CommitTs, held, codec));
            }
        }

        return (puts, deletes);
    }

    /// <summary>The records to hold, in their newest state.</summary>
    private static List<HeldRow> Refused(LogWindow window, IReadOnlyList<Segment> segments, IReadOnlyList<RefusedRow> refused)
    {
        if (refused.Count == 0)
        {
            return [];
        }

        var reasons = refused.ToDictionary(row => row.Key, row => row.Reason);
        var hold = new Dictionary<string, HeldRow>();
        foreach (var segment in segments)
        {
            foreach (var entry in segment.Entries)
            {
                var row = RowKeys.Compose(window.Dataset, entry.Store, entry.Key);
                if (reasons.TryGetValue(row, out var reason))
                {
                    var before = window.Held(new RecordId(entry.Store, entry.Key));
                    var earlier = hold.GetValueOrDefault(row);
                    var held = HeldRecords.Hold(window.Dataset, entry, segment, reason, earlier ?? before);
                    hold[row] = held with { Replaces = before is not null, Redriven = held.Redriven || earlier?.Redriven == true };
                }
            }
        }

        return [.. hold.Values];
    }

    /// <summary>Held records that the cluster took now.</summary>
    private static List<HeldRow> Released(LogWindow window, IReadOnlyList<Segment> segments, List<HeldRow> hold)
    {
        if (!window.AllHeld.Any())
        {
            return [];
        }

        var taken = segments.SelectMany(segment => segment.Entries.Select(entry => new RecordId(entry.Store, entry.Key))).ToHashSet();
        taken.ExceptWith(hold.Select(row => row.Record));
        return [.. window.AllHeld.Where(row => taken.Contains(row.Record)).Select(row => HeldRecords.Release(row, segments)).OfType<HeldRow>()];
    }
}
