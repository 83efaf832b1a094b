using MyriadSync.Contracts;
using MyriadSync.Pipeline.Transform;
using MyriadSync.Pipeline.Transform.Migrations;

namespace MyriadSync.Pipeline.Resolve;

/// <summary>
/// Resolves changes in order, each on top of what the ones before it made of its record. Pure: run it again on newer states whenever the log
/// moved. One change that cannot be processed is poisoned and its neighbours go on; in an atomic batch it takes all others back with it.
/// </summary>
/// <param name="policyOf">The policy of a store.</param>
/// <param name="shaper">Brings what comes out into the shape in which the cluster holds it; null: as it is.</param>
internal sealed class BatchResolver(Func<string, IConflictPolicy> policyOf, IValueShaper? shaper = null)
{
    /// <summary>Reason of the changes of an atomic batch that went back because another one failed.</summary>
    public const string AtomicFailed = "atomic-failed";

    /// <summary>Reason of a change whose predecessor on the same record was refused.</summary>
    public const string PredecessorRefused = "predecessor-refused";

    /// <summary>Reason of a change on which a resolver threw.</summary>
    public const string ResolverFailed = "resolver-failed";

    /// <summary>Resolves.</summary>
    /// <param name="changes">In seq order, without those seen before.</param>
    /// <param name="states">State of every record that a sound change touches.</param>
    /// <param name="preset">Outcomes that are decided already, by seq: the change is not looked at.</param>
    /// <param name="settings">What holds for all.</param>
    public ResolvedBatch Resolve(
        IReadOnlyList<Change> changes, IReadOnlyDictionary<RecordId, RecordState> states, IReadOnlyDictionary<long, ResolvedChange> preset, ResolveSettings settings)
    {
        var works = new Dictionary<RecordId, RecordWork>();
        var unsound = new Dictionary<RecordId, ResolvedChange>();
        var order = new List<RecordWork>();
        var clamp = new ClockClamp(settings.ServerMs, settings.ClockAheadMs);
        var resolved = new List<ResolvedChange>(changes.Count);
        foreach (var change in changes)
        {
            if (change.Refusal is { } refusal)
            {
                var rejected = new ResolvedChange
                {
                    Change = change,
                    Outcome = Outcome.Rejected,
                    Record = change.Record,
                    Pointer = refusal.Pointer,
                    Reason = refusal.Reason,
                    Detail = refusal.Detail,
                };
                resolved.Add(rejected);
                if (rejected.Record is { } touched)
                {
                    unsound.TryAdd(touched, rejected);
                }

                continue;
            }

            var record = new RecordId(change.Store, change.Key);
            if (!works.TryGetValue(record, out var work))
            {
                works[record] = work = new RecordWork(record, states[record]);
                order.Add(work);
            }

            resolved.Add(preset.TryGetValue(change.Seq, out var decided) ? work.Note(decided) : ResolveOne(work, change, unsound.GetValueOrDefault(record), clamp.Clamp(change.At), settings));
        }

        return settings.Atomic && resolved.FirstOrDefault(r => !Succeeded(r.Outcome)) is { } failed
            ? new ResolvedBatch { Changes = resolved.ConvertAll(r => TakeBack(r, failed)), Effects = [] }
            : new ResolvedBatch { Changes = resolved, Effects = [.. order.Where(work => work.HasEffect).Select(work => (work.Record, work.Before, work.Current))] };
    }

    private ResolvedChange ResolveOne(RecordWork work, Change change, ResolvedChange? unsound, HybridTime at, ResolveSettings settings)
    {
        if ((unsound ?? work.Refused) is { } previous)
        {
            return work.Note(previous with { Change = change, Reason = PredecessorRefused, Detail = $"Change {previous.Change.Seq} to the same record was refused." });
        }

        var context = new ChangeContext
        {
            Settings = settings,
            At = at,
            ClientHolds = work.ClientHolds ?? (work.Current.Known ? change.Base >= work.Current.Rev : change.Base is null),
            PredecessorInConflict = work.InConflict,
            Ours = work.Ours,
        };
        Resolution resolution;
        try
        {
            resolution = policyOf(change.Store).Resolve(work.Current, KeptFields.Graft(change, work.Current.Value), context);
            resolution = KeptFields.Restore(change, work.Current, resolution);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // A defect in a policy, or in what an app plugged in: this change is parked, the others go on.
            resolution = new Resolution { Outcome = Outcome.Poisoned, Next = work.Current, Reason = ResolverFailed, Detail = e.GetType().Name };
        }

        return work.Take(Shape(resolution, work.Current, change), change, context.ClientHolds, change.Seq - settings.FirstSeq);
    }

    // What is committed is what will read back from the cluster; a client that holds something else is told.
    private Resolution Shape(Resolution resolution, RecordState before, Change change)
    {
        if (shaper is null || resolution.Next.Value is not { } value || ReferenceEquals(resolution.Next, before))
        {
            return resolution;
        }

        ShapedValue shaped;
        try
        {
            shaped = shaper.Shape(change.Store, value);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            shaped = new ShapedValue(null, new Refusal(StoreCodec.TransformFailed, "", e.GetType().Name)) { Failed = true };
        }

        if (shaped.Refusal is { } refusal)
        {
            return new Resolution
            {
                Outcome = shaped.Failed ? Outcome.Poisoned : Outcome.Rejected,
                Next = before,
                Pointer = shaped.Failed ? null : PatchPointers.Locate(change, refusal.Pointer),
                Reason = refusal.Reason,
                Detail = refusal.Detail,
            };
        }

        if (ReferenceEquals(shaped.Value, value) || Equals(shaped.Value, value))
        {
            return resolution;
        }

        var same = Equals(shaped.Value, before.Value) && !resolution.Refreshed;
        return resolution with
        {
            Outcome = resolution.Outcome == Outcome.Applied ? Outcome.Merged : resolution.Outcome,
            Next = same ? before : resolution.Next with { Value = shaped.Value },
        };
    }

    private static bool Succeeded(Outcome outcome) => outcome is Outcome.Applied or Outcome.Merged;

    private static ResolvedChange TakeBack(ResolvedChange resolved, ResolvedChange failed) => resolved switch
    {
        _ when Succeeded(resolved.Outcome) => resolved with
        {
            Outcome = Outcome.Rejected,
            Reason = AtomicFailed,
            Detail = $"Change {failed.Change.Seq} of this atomic batch failed: {failed.Reason}.",
        },

        // Nothing of the batch takes effect, what adds up included: the client has to make all of it anew.
        { Reason: StorePolicy.PartlyApplied } => resolved with { Reason = StorePolicy.ConcurrentEditReason, Detail = "The change is in conflict with an edit that it does not know." },
        _ => resolved,
    };
}
