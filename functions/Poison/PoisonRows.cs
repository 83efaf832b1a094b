using Azure.Data.Tables;
using MyriadSync.ChangeLog;
using MyriadSync.Contracts;

namespace MyriadSync.Poison;

/// <summary>Entries as rows of table <c>poison</c>, both ways. The one place that knows the columns' names.</summary>
internal static class PoisonRows
{
    private const int Format = 1;

    /// <summary>Azure allows 32,768 characters a property; reasons of the cluster can be as long as it likes.</summary>
    private const int MaxText = 4000;

    public static TableEntity Write(PoisonEntry entry) => new(entry.Item.Dataset, entry.Item.PoisonId)
    {
        [LogFormat.FormatProperty] = Format,
        ["Kind"] = entry.Item.Kind,
        ["Store"] = entry.Item.Store,
        ["RecordKey"] = entry.Item.Key,
        ["ClientId"] = entry.Item.ClientId,
        ["BatchId"] = entry.Item.BatchId,
        ["Seq"] = entry.Item.Seq,
        ["Reason"] = Cut(entry.Item.Reason),
        ["Detail"] = Cut(entry.Item.Detail),
        ["Payload"] = entry.Item.Payload,
        ["Queue"] = entry.Item.Queue,
        ["TraceParent"] = entry.Item.TraceParent,
        ["Attempts"] = entry.Attempts,
        ["State"] = Name(entry.State),
        ["FirstSeen"] = entry.FirstSeen,
        ["LastSeen"] = entry.LastSeen,
        ["By"] = entry.By,
        ["Why"] = Cut(entry.Why),
        ["SettledAt"] = entry.SettledAt,
        ["Outcome"] = entry.Outcome,
        ["Rev"] = entry.Rev,
        ["ConflictId"] = entry.ConflictId,
    };

    public static PoisonEntry Read(TableEntity entity)
    {
        var format = entity.GetInt32(LogFormat.FormatProperty) ?? 0;
        if (format > Format)
        {
            throw new NewerFormatException($"Row {entity.PartitionKey}/{entity.RowKey} of table {StorageNames.PoisonTable}", format, Format);
        }

        return new PoisonEntry
        {
            Item = new PoisonItem
            {
                PoisonId = entity.RowKey,
                Dataset = entity.PartitionKey,
                Kind = entity.GetString("Kind"),
                Store = entity.GetString("Store"),
                Key = entity.GetString("RecordKey"),
                ClientId = entity.GetString("ClientId"),
                BatchId = entity.GetString("BatchId"),
                Seq = entity.GetInt64("Seq")!.Value,
                Reason = entity.GetString("Reason"),
                Detail = entity.GetString("Detail"),
                Payload = entity.GetString("Payload"),
                Queue = entity.GetString("Queue"),
                TraceParent = entity.GetString("TraceParent"),
            },
            State = Parse(entity.GetString("State"))!.Value,
            Attempts = entity.GetInt32("Attempts")!.Value,
            FirstSeen = entity.GetDateTimeOffset("FirstSeen")!.Value,
            LastSeen = entity.GetDateTimeOffset("LastSeen")!.Value,
            By = entity.GetString("By"),
            Why = entity.GetString("Why"),
            SettledAt = entity.GetDateTimeOffset("SettledAt"),
            Outcome = entity.GetString("Outcome"),
            Rev = entity.GetInt64("Rev")!.Value,
            ConflictId = entity.GetString("ConflictId"),
            ETag = entity.ETag.ToString(),
        };
    }

    /// <summary>An OData filter of the table.</summary>
    public static string Filter(string dataset, PoisonFilter filter, string? after)
    {
        var parts = new List<string> { TableClient.CreateQueryFilter($"PartitionKey eq {dataset}") };
        void Add(string? value, Func<string, string> part) => parts.AddRange(value is null ? [] : [part(value)]);
        Add(after, value => TableClient.CreateQueryFilter($"RowKey gt {value}"));
        Add(filter.State is { } state ? Name(state) : null, value => TableClient.CreateQueryFilter($"State eq {value}"));
        Add(filter.Kind, value => TableClient.CreateQueryFilter($"Kind eq {value}"));
        Add(filter.Store, value => TableClient.CreateQueryFilter($"Store eq {value}"));
        Add(filter.Reason, value => TableClient.CreateQueryFilter($"Reason eq {value}"));
        return string.Join(" and ", parts);
    }

    /// <summary>A state's name, stored and on the wire.</summary>
    public static string Name(PoisonState state) => state switch
    {
        PoisonState.Open => "open",
        PoisonState.Redriven => "redriven",
        PoisonState.Discarded => "discarded",
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };

    /// <summary>The state of a name; null: none is called that.</summary>
    public static PoisonState? Parse(string name) => Enum.GetValues<PoisonState>().Cast<PoisonState?>().FirstOrDefault(state => Name(state!.Value) == name);

    private static string Cut(string text) => text.Length <= MaxText ? text : text[..MaxText];
}
