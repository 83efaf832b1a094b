using MyriadSync.Contracts;
using MyriadSync.Contracts.Keys;
using MyriadSync.Contracts.Stores;
using MyriadSync.Contracts.Values;
using MyriadSync.Myriad;
using MyriadSync.Myriad.Records;
using MyriadSync.Pipeline.Transform;

namespace MyriadSync.Orchestration.Remap;

/// <summary>What a page of rows needs to lie by the new mapping. Pure.</summary>
internal sealed class RemapPage
{
    private RemapPage()
    {
    }

    /// <summary>Rows to move.</summary>
    public List<RowMove> Moves { get; } = [];

    /// <summary>Records whose value changes with the mapping; their revs are still to be given.</summary>
    public List<LogEntry> Changed { get; } = [];

    /// <summary>Records that the new mapping cannot hold, for people.</summary>
    public List<string> Refused { get; } = [];

    /// <summary>Plans a page.</summary>
    public static RemapPage Plan(IReadOnlyList<Row> rows, IRowCodec from, StoreCodec to, ISchemaVersions versions, string remapId)
    {
        var page = new RemapPage();
        foreach (var row in rows)
        {
            if (RowLayout.IsMoved(row, remapId, out var leftover))
            {
                if (RowLayout.Finish(row, remapId, leftover) is { } rest)
                {
                    page.Moves.Add(rest);
                }
            }
            else if (RowKeys.TryParse(row.Key, out _, out var store, out var key))
            {
                page.Plan(row, new RecordId(store, key), from, to, versions, remapId);
            }
        }

        return page;
    }

    /// <summary>
    /// Plans a page of a table that was there before us. Its cells are not ours to move: they stay where they are and are read otherwise from now on, and the
    /// log is told of records that are others by that.
    /// </summary>
    public static RemapPage Reread(IReadOnlyList<Row> rows, IRowCodec from, IRowCodec to, ISchemaVersions versions)
    {
        var page = new RemapPage();
        foreach (var row in rows)
        {
            // The old codec knows nothing of fields in the row key: those are no part of how rows lie.
            if (RecordRows.Read(row, from) is { Known: true, Foreign: false, Value: not null } before
                && RecordRows.Read(row, to).Value is { } value
                && RowKeys.TryParse(row.Key, out _, out var store, out var key)
                && !value.Equals(to.WithKey(before.Value, key)))
            {
                page.Changed.Add(Entry(new RecordId(store, key), value, before, versions));
            }
        }

        return page;
    }

    private static LogEntry Entry(RecordId record, RecordValue value, RecordState state, ISchemaVersions versions) => new()
    {
        Rev = 0,
        Store = record.Store,
        Key = record.Key,
        Value = value,
        Changed = [],
        At = state.At,
        By = state.By,
        Cause = "remap",
        SchemaVersion = versions.Current,
        Clocks = state.Clocks,
    };

    private void Plan(Row row, RecordId record, IRowCodec from, StoreCodec to, ISchemaVersions versions, string remapId)
    {
        var state = RecordRows.Read(row, from);
        if (state.Value is null)
        {
            return;
        }

        // Lifted, because the new mapping names the fields of the current schema version. Readers lift as well: to clients that is no change.
        var value = versions.Convert(record.Store, state.Value, state.SchemaVersion, 0);
        var shaped = to.Shape(value);
        if (shaped.Refusal is { } refusal || state.Unreadable.Count > 0)
        {
            Refused.Add(state.Unreadable.Count > 0
                ? $"{row.Key}: the cell {state.Unreadable[0].Column} is {state.Unreadable[0].Trouble}"
                : $"{row.Key}: {shaped.Refusal!.Pointer} {shaped.Refusal.Reason}: {shaped.Refusal.Detail}");
            return;
        }

        Moves.Add(RowLayout.Move(row, shaped.Value!, state, versions.Current, from, to, remapId));
        // A run that stopped in between has told the log already: the hash it left is the new layout's.
        if (!state.Foreign && !shaped.Value!.Equals(value))
        {
            Changed.Add(Entry(record, shaped.Value!, state, versions));
        }
    }
}
