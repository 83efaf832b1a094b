using Azure.Data.Tables;
using MyriadSync.ChangeLog;
using MyriadSync.Contracts;
using MyriadSync.Contracts.Keys;

namespace MyriadSync.Conflicts;

/// <summary>Conflicts as rows of table <c>conflicts</c>, both ways. The one place that knows the columns' names.</summary>
internal static class ConflictRows
{
    private const int Format = 1;

    public static TableEntity Write(ConflictEntry entry) => new(entry.Dataset, entry.ConflictId)
    {
        [LogFormat.FormatProperty] = Format,
        ["State"] = Name(entry.State),
        ["Store"] = entry.Record.Store,
        ["RecordKey"] = entry.Record.Key.Encoded,
        ["ClientId"] = entry.ClientId,
        ["Sub"] = entry.Sub,
        ["BatchId"] = entry.BatchId,
        ["Seq"] = entry.Seq,
        ["LastSeq"] = entry.LastSeq,
        ["Reason"] = entry.Reason,
        ["ParkedAt"] = entry.ParkedAt,
        ["Decision"] = entry.Decision,
        ["By"] = entry.By,
        ["SettledAt"] = entry.SettledAt,
        ["Rev"] = entry.Rev,
        ["TraceParent"] = entry.TraceParent,
    };

    public static ConflictEntry Read(TableEntity entity)
    {
        var format = entity.GetInt32(LogFormat.FormatProperty) ?? 0;
        if (format > Format)
        {
            throw new NewerFormatException($"Row {entity.PartitionKey}/{entity.RowKey} of table {StorageNames.ConflictTable}", format, Format);
        }

        return new ConflictEntry
        {
            Dataset = entity.PartitionKey,
            ConflictId = entity.RowKey,
            State = Parse(entity.GetString("State"))!.Value,
            Record = RecordKey.TryDecode(entity.GetString("RecordKey"), out var key)
                ? new RecordId(entity.GetString("Store"), key)
                : throw new InvalidDataException("A stored key cannot be read."),
            ClientId = entity.GetString("ClientId"),
            Sub = entity.GetString("Sub"),
            BatchId = entity.GetString("BatchId"),
            Seq = entity.GetInt64("Seq")!.Value,
            LastSeq = entity.GetInt64("LastSeq")!.Value,
            Reason = entity.GetString("Reason"),
            ParkedAt = entity.GetDateTimeOffset("ParkedAt")!.Value,
            Decision = entity.GetString("Decision"),
            By = entity.GetString("By"),
            SettledAt = entity.GetDateTimeOffset("SettledAt"),
            Rev = entity.GetInt64("Rev")!.Value,
            TraceParent = entity.GetString("TraceParent"),
            ETag = entity.ETag.ToString(),
        };
    }

    /// <summary>An OData filter of the table.</summary>
    public static string Filter(string dataset, ConflictFilter filter, string? after)
    {
        var parts = new List<string> { TableClient.CreateQueryFilter($"PartitionKey eq {dataset}") };
        void Add(string? value, Func<string, string> part) => parts.AddRange(value is null ? [] : [part(value)]);
        Add(after, value => TableClient.CreateQueryFilter($"RowKey gt {value}"));
        Add(filter.State is { } state ? Name(state) : null, value => TableClient.CreateQueryFilter($"State eq {value}"));
        Add(filter.Store, value => TableClient.CreateQueryFilter($"Store eq {value}"));
        Add(filter.ClientId, value => TableClient.CreateQueryFilter($"ClientId eq {value}"));
        Add(filter.Sub, value => TableClient.CreateQueryFilter($"Sub eq {value}"));
        return string.Join(" and ", parts);
    }

    /// <summary>A state's name, stored and on the wire.</summary>
    public static string Name(ConflictState state) => state switch
    {
        ConflictState.Open => "open",
        ConflictState.Resolved => "resolved",
        ConflictState.Superseded => "superseded",
        ConflictState.Expired => "expired",
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };

    /// <summary>The state of a name; null: none is called that.</summary>
    public static ConflictState? Parse(string name) => Enum.GetValues<ConflictState>().Cast<ConflictState?>().FirstOrDefault(state => Name(state!.Value) == name);
}
