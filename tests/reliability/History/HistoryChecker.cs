using System.Text.Json.Nodes;
using MyriadSync.ReliabilityTests.Load;

namespace MyriadSync.ReliabilityTests.History;

/// <summary>
/// Holds what clients were told against the log. Walks the log once: each entry has to be an effect of the next acknowledged batch of the client that it
/// names, made of the record as the log had it. So an acknowledged change that is missing shows, and one that came in twice.
/// </summary>
public sealed class HistoryChecker
{
    private readonly Dictionary<string, Queue<List<Effect>>> _expected = [];
    private readonly Dictionary<long, LogLine> _lines = [];
    private readonly Dictionary<RecordName, RecordVersion> _records = [];
    private readonly List<string> _faults = [];

    private HistoryChecker(IReadOnlyList<LogLine> log, IReadOnlyList<SettledBatch> settled)
    {
        foreach (var line in log)
            _lines.TryAdd(line.Rev, line);
        foreach (var client in settled.GroupBy(batch => batch.ClientId))
            _expected[client.Key] = new Queue<List<Effect>>(client.Select(Effect.Of).Where(effects => effects.Count > 0));
    }

    /// <summary>What is wrong; nothing, if all is well.</summary>
    /// <param name="head">The log's last seq.</param>
    /// <param name="log">The whole log, in the order in which it is read.</param>
    /// <param name="settled">All acknowledged batches; those of one client in their order.</param>
    public static IReadOnlyList<string> Check(long head, IReadOnlyList<LogLine> log, IReadOnlyList<SettledBatch> settled)
    {
        var checker = new HistoryChecker(log, settled);
        checker.CheckRevs(head, log);
        foreach (var line in log)
            checker.Walk(line);
        foreach (var effect in checker._expected.Values.SelectMany(left => left).SelectMany(effects => effects))
            checker._faults.Add($"{effect} was acknowledged and is not in the log.");
        foreach (var batch in settled)
            checker.CheckAnswer(batch);
        return checker._faults;
    }

    /// <summary>The records that a log comes to.</summary>
    public static Dictionary<RecordName, RecordVersion> Fold(IReadOnlyList<LogLine> log)
    {
        var records = new Dictionary<RecordName, RecordVersion>();
        foreach (var line in log)
            records[line.Record] = new RecordVersion(line.Rev, line.Value);
        return records.Where(pair => pair.Value.Value is not null).ToDictionary();
    }

    private void CheckRevs(long head, IReadOnlyList<LogLine> log)
    {
        if (!log.Select(line => line.Rev).SequenceEqual(Enumerable.Range(1, (int)head).Select(rev => (long)rev)))
        {
            var missing = Enumerable.Range(1, (int)head).Select(rev => (long)rev).Except(log.Select(line => line.Rev));
            var twice = log.GroupBy(line => line.Rev).Where(group => group.Count() > 1 || group.Key > head).Select(group => group.Key);
            _faults.Add($"The log is not 1 to {head}: it lacks {string.Join(' ', missing)}; twice or too high: {string.Join(' ', twice)}.");
        }
    }

    private void Walk(LogLine line)
    {
        var before = _records.GetValueOrDefault(line.Record)?.Value;
        _records[line.Record] = new RecordVersion(line.Rev, line.Value);
        var expected = _expected.GetValueOrDefault(line.By);
        var next = expected?.FirstOrDefault() ?? [];
        if (next.Find(effect => effect.Record == line.Record) is not { } effect)
        {
            _faults.Add($"Rev {line.Rev} by {line.By} to {line.Record} was never acknowledged, or came in before; next of this client: {string.Join("; ", next)}.");
            return;
        }

        next.Remove(effect);
        if (next.Count == 0)
            expected!.Dequeue();
        var after = effect.Edits.Aggregate(before, (value, edit) => edit.Apply(value));
        if (!JsonNode.DeepEquals(after, line.Value))
            _faults.Add($"Rev {line.Rev}, {effect}: {line.Value?.ToJsonString() ?? "deleted"} is in the log; of {before?.ToJsonString()} it should make {after?.ToJsonString()}.");
        // With a merge the client is told the record as it stands when it asks.
        foreach (var result in effect.Results.Where(result => result.Outcome == "applied" ? result.Rev != line.Rev : result.Rev < line.Rev))
            _faults.Add($"Rev {line.Rev}, {effect}: the client was told {result.Detail}.");
    }

    private void CheckAnswer(SettledBatch batch)
    {
        if (!batch.Edits.Select(edit => edit.Seq).SequenceEqual(Enumerable.Range(0, batch.Results.Count).Select(i => batch.Edits[0].Seq + i)))
            _faults.Add($"{batch.ClientId}'s {batch.BatchId} has {batch.Edits.Count} changes and {batch.Results.Count} results.");
        foreach (var (edit, result) in batch.Edits.Zip(batch.Results))
        {
            var line = _lines.GetValueOrDefault(result.Rev);
            var sound = result.Outcome switch
            {
                "applied" => line?.Record == edit.Record && batch.CursorSeq >= result.Rev,
                "merged" => line?.Record == edit.Record && JsonNode.DeepEquals(line.Value, result.Value),
                // Whoever edits records of their own never loses.
                "superseded" => edit.Record.Store == EditMaker.Counters && line?.Record == edit.Record && JsonNode.DeepEquals(line.Value, result.Value),
                _ => false,
            };
            if (!sound)
                _faults.Add($"{batch.ClientId}'s {batch.BatchId} (cursor at {batch.CursorSeq}): {edit.ToJson().ToJsonString()} was answered {result.Detail}; the log has {line}.");
        }
    }

    /// <summary>What one batch does to one record: one entry of the log.</summary>
    private sealed record Effect(SettledBatch Batch, RecordName Record, IReadOnlyList<Edit> Edits, IReadOnlyList<EditResult> Results)
    {
        public static List<Effect> Of(SettledBatch batch) =>
        [
            .. batch.Edits.Zip(batch.Results)
                .Where(pair => pair.Second.IsTaken)
                .GroupBy(pair => pair.First.Record)
                .Select(group => new Effect(batch, group.Key, [.. group.Select(pair => pair.First)], [.. group.Select(pair => pair.Second)])),
        ];

        public override string ToString() => $"{Batch.ClientId}'s {Batch.BatchId} to {Record} ({string.Join(", ", Edits.Select(edit => $"{edit.Op} {edit.Seq}"))})";
    }
}
