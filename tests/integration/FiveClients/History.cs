using System.Text.Json.Nodes;

namespace MyriadSync.IntegrationTests.FiveClients;

/// <summary>
/// Holds what clients were told against the log, by what must hold whatever the policies decide: what was taken is there, nothing changes that no taken edit
/// touches, counters move by what was added, and policies that let no concurrent edit in let none in.
/// </summary>
internal sealed class History(IReadOnlyList<LogState> log, IReadOnlyList<SentChange> sent, IReadOnlyDictionary<string, string> decisions)
{
    private static readonly string[] AddingUp = ["/votes", "/big", "/tags"];
    private static readonly string[] TakesNoConcurrentEdit = ["server-wins", FiveStores.Reject, FiveStores.Manual];

    private readonly ILookup<(string, string, RecordName), SentChange> _byBatch = sent.ToLookup(change => (change.Client, change.BatchId, change.Record));
    private readonly ILookup<RecordName, LogState> _byRecord = log.ToLookup(entry => entry.Record);
    private readonly List<string> _faults = [];

    /// <summary>What is wrong; nothing, if all is well.</summary>
    public IReadOnlyList<string> Check()
    {
        foreach (var entry in log)
            CheckEntry(entry);
        foreach (var batch in _byBatch)
            CheckBatch([.. batch]);
        foreach (var record in sent.Select(change => change.Record).Where(record => record.IsCounted && record.Store != FiveStores.Cities).Distinct())
            CheckSums(record);
        foreach (var twice in log.Where(entry => entry.Cause is not null).GroupBy(entry => entry.Cause).Where(group => group.Count() > 1))
            _faults.Add($"{twice.Key} was carried out more than once: {string.Join(" and ", twice)}.");
        return _faults;
    }

    /// <summary>Nothing changes that no edit touches.</summary>
    private void CheckEntry(LogState entry)
    {
        var edits = entry.Cause is null ? _byBatch[(entry.By, entry.BatchId, entry.Record)].Where(change => change.AddsUp && change.PoisonId is null).ToList()
            : sent.Where(change => change.PoisonId == entry.Cause || change.ConflictId == entry.Cause).ToList();
        var created = entry.Before is null;
        if (entry.Cause is null || decisions.GetValueOrDefault(entry.Cause) != "value")
            _faults.AddRange(entry.Changed().Where(pointer => !edits.Exists(change => change.Touches(pointer, created))).Select(pointer => $"{pointer} changes in {entry}, by none of {string.Join("; ", edits)}."));
        // A put has the counters as its client saw them: others counted on, and so it leaves them alone.
        if (entry is { After: not null, Cause: null } && (entry.Record.IsCounted || edits.TrueForAll(change => change.Op == "patch")))
            _faults.AddRange(new[] { "votes", "big" }.Where(counter => Count(entry.After, counter) != Count(entry.Before, counter) + edits.Sum(change => Added(change, counter)))
                .Select(counter => $"{counter} is wrong in {entry}, which comes of {string.Join("; ", edits)}."));
    }

    /// <summary>What was taken as a whole is there, and was taken by right.</summary>
    private void CheckBatch(IReadOnlyList<SentChange> changes)
    {
        var entry = _byRecord[changes[0].Record].LastOrDefault(entry => entry.Cause is null && (entry.By, entry.BatchId) == (changes[0].Client, changes[0].BatchId));
        for (var i = 0; i < changes.Count; i++)
        {
            var change = changes[i];
            if (change.PoisonId is not null || !change.IsTakenWhole)
                continue;
            var after = entry?.After ?? _byRecord[change.Record].LastOrDefault(state => state.Rev <= change.Rev)?.After;
            var isLast = !changes.Skip(i + 1).Any(later => later.IsTaken);
            if (change.Op == "delete" ? isLast && after is not null : change.Outcome == "applied" && isLast && after is null)
                _faults.Add($"{change} is not in the log, which has {entry}.");
            foreach (var (pointer, value) in change.Sets().Where(set => !AddingUp.Contains(set.Pointer) && !changes.Skip(i + 1).Any(later => later.IsTaken && later.Touches(set.Pointer, false))))
            {
                var there = Json.At(after, pointer);
                if (change.Outcome == "applied" ? Json.Text(there) != Json.Text(value) : entry is not null && !Json.Holds(there, value))
                    _faults.Add($"{pointer} of {change} is not in the log, which has {entry} and at that rev {Json.Text(after)}.");
            }

            // What follows an applied change of the batch was made on just what that one left.
            if (entry is not null && TakesNoConcurrentEdit.Contains(change.Record.Store) && !changes.Take(i).Any(earlier => earlier.Outcome == "applied"))
                CheckKnown(change, entry);
        }
    }

    /// <summary>Everything that others assigned before it, it knew, unless it assigns nothing new. A record that was deleted may be created anew by one who never heard of it, and edited on.</summary>
    private void CheckKnown(SentChange change, LogState entry)
    {
        if (change.Op == "delete" ? entry.Before is null : change.Sets().All(set => Json.Text(Json.At(entry.Before, set.Pointer)) == Json.Text(set.Value)))
            return;
        var known = change.Base ?? _byRecord[change.Record].LastOrDefault(other => other.Rev < entry.Rev && other.After is null)?.Rev ?? 0;
        foreach (var unknown in _byRecord[change.Record].Where(other => other.Rev > known && other.Rev < entry.Rev && other.By != change.Client && other.Changed().Except(AddingUp).Any()))
            _faults.Add($"{change} went in as {entry} without having known {unknown}.");
    }

    /// <summary>Each that was told that its edit adds up finds it in the end, once.</summary>
    private void CheckSums(RecordName record)
    {
        var last = _byRecord[record].LastOrDefault()?.After;
        var edits = sent.Where(change => change.Record == record && change.AddsUp && change.Op == "patch").ToList();
        foreach (var counter in new[] { "votes", "big" })
        {
            var expected = edits.Sum(change => Added(change, counter));
            if (Count(last, counter) != expected)
                _faults.Add($"{record} has {counter} {Count(last, counter)} and not {expected}: {string.Join("; ", edits.Where(change => Added(change, counter) > 0 && !_byRecord[record].Any(entry => (entry.By, entry.BatchId) == (change.Client, change.BatchId))))}.");
        }

        var elements = (last?["tags"] as JsonArray ?? []).Select(Json.Text).ToHashSet();
        var removed = sent.Where(change => change.Record == record).SelectMany(change => Elements(change, "remove")).ToHashSet();
        foreach (var change in edits.Where(change => Elements(change, "add").Any(element => !removed.Contains(element) && !elements.Contains(element))))
            _faults.Add($"The element of {change} is lost: {Json.Text(last)}.");
    }

    private static IEnumerable<string> Elements(SentChange change, string verb) => (LocalEdit.Verb(change.Change, verb)["/tags"] as JsonArray ?? []).Select(Json.Text);

    private static long Count(JsonObject? value, string counter) => LocalEdit.Number(value?[counter]);

    private static long Added(SentChange change, string counter) => LocalEdit.Number(LocalEdit.Verb(change.Change, "inc")["/" + counter]);
}
