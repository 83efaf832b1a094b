namespace MyriadSync.ReliabilityTests.History;

/// <summary>Compares what two have.</summary>
public static class Comparison
{
    /// <summary>A line for each record that differs.</summary>
    public static IEnumerable<string> Differences(string who, IReadOnlyDictionary<RecordName, RecordVersion> actual, IReadOnlyDictionary<RecordName, RecordVersion> expected) =>
        from record in actual.Keys.Union(expected.Keys)
        let here = actual.GetValueOrDefault(record)
        let there = expected.GetValueOrDefault(record)
        where !Equals(here, there)
        select $"{who} has {record} as {here?.ToString() ?? "nothing"}; by the log it is {there?.ToString() ?? "nothing"}.";
}
