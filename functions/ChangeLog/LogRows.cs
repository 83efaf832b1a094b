using System.Globalization;
using Azure;
using Azure.Data.Tables;
using MyriadSync.Contracts;
using MyriadSync.Contracts.Stores;

namespace MyriadSync.ChangeLog;

/// <summary>The rows of the change log as table entities, both ways. The one place that knows the columns' names.</summary>
internal static class LogRows
{
    public static HeadRow ReadHead(TableEntity entity) => new()
    {
        Seq = Checked(entity).GetInt64("Seq")!.Value,
        LastTs = entity.GetInt64("LastTs")!.Value,
        Epoch = entity.GetString("Epoch"),
        OldestSeq = entity.GetInt64("OldestSeq")!.Value,
        ETag = entity.ETag.ToString(),
    };

    public static TableEntity Write(string partition, HeadRow row) => New(partition, LogFormat.Head, row.ETag, new()
    {
        ["Seq"] = row.Seq,
        ["LastTs"] = row.LastTs,
        ["Epoch"] = row.Epoch,
        ["OldestSeq"] = row.OldestSeq,
    });

    public static AppliedRow ReadApplied(TableEntity entity) => new()
    {
        Seq = Checked(entity).GetInt64("Seq")!.Value,
        Held = entity.GetInt32("Held")!.Value,
        ETag = entity.ETag.ToString(),
    };

    public static TableEntity Write(string partition, AppliedRow row) => New(partition, LogFormat.Applied, row.ETag, new()
    {
        ["Seq"] = row.Seq,
        ["Held"] = row.Held,
    });

    public static ClientRow ReadClient(TableEntity entity) => new()
    {
        ClientId = Checked(entity).RowKey["client|".Length..],
        Sub = entity.GetString("Sub"),
        LastClientSeq = entity.GetInt64("LastClientSeq")!.Value,
        LastSeen = entity.GetDateTimeOffset("LastSeen")!.Value,
        ETag = entity.ETag.ToString(),
    };

    public static TableEntity Write(string partition, ClientRow row) => New(partition, LogFormat.ClientKey(row.ClientId), row.ETag, new()
    {
        ["Sub"] = row.Sub,
        ["LastClientSeq"] = row.LastClientSeq,
        ["LastSeen"] = row.LastSeen,
    });

    public static OutcomesRow ReadOutcomes(TableEntity entity)
    {
        var parts = Checked(entity).RowKey.Split('|');
        return new OutcomesRow
        {
            ClientId = parts[1],
            BatchId = entity.GetString("BatchId"),
            BodyHash = entity.GetString("BodyHash"),
            HeadSeq = entity.GetInt64("HeadSeq")!.Value,
            CommitTs = entity.GetInt64("CommitTs") ?? 0,
            Outcomes = OutcomesCodec.Decode(ReadPayload(entity), long.Parse(parts[2], CultureInfo.InvariantCulture)),
        };
    }

    public static TableEntity Write(string partition, OutcomesRow row)
    {
        var entity = New(partition, LogFormat.OutcomesKey(row.ClientId, row.FirstSeq), null, new()
        {
            ["BatchId"] = row.BatchId,
            ["BodyHash"] = row.BodyHash,
            ["HeadSeq"] = row.HeadSeq,
            ["CommitTs"] = row.CommitTs,
        });
        WritePayload(entity, OutcomesCodec.Encode(row.Outcomes));
        return entity;
    }

    public static Segment ReadSegment(TableEntity entity)
    {
        var first = Checked(entity).GetInt64("First")!.Value;
        var commitTs = entity.GetInt64("CommitTs")!.Value;
        var clientId = entity.GetString("ClientId");
        var schemaVersion = entity.GetInt32("SchemaVersion")!.Value;
        return new Segment
        {
            First = first,
            CommitTs = commitTs,
            CommitId = entity.GetString("CommitId"),
            ClientId = clientId,
            BatchId = entity.GetString("BatchId"),
            Sub = entity.GetString("Sub"),
            SchemaVersion = schemaVersion,
            MapHash = entity.GetString("MapHash"),
            Atomic = entity.GetBoolean("Atomic")!.Value,
            TraceParent = entity.GetString("TraceParent"),
            Entries = InVersion(SegmentCodec.Decode(ReadPayload(entity), first, entity.GetInt32("Count")!.Value, commitTs, clientId), schemaVersion),
        };
    }

    public static TableEntity Write(string partition, Segment segment, byte[] payload)
    {
        var entity = New(partition, LogFormat.SegmentKey(segment.Last), null, new()
        {
            ["First"] = segment.First,
            ["Count"] = segment.Entries.Count,
            ["CommitTs"] = segment.CommitTs,
            ["CommitId"] = segment.CommitId,
            ["ClientId"] = segment.ClientId,
            ["BatchId"] = segment.BatchId,
            ["Sub"] = segment.Sub,
            ["SchemaVersion"] = segment.SchemaVersion,
            ["MapHash"] = segment.MapHash,
            ["Atomic"] = segment.Atomic,
            ["TraceParent"] = segment.TraceParent,
        });
        WritePayload(entity, payload);
        return entity;
    }

    public static HeldRow ReadHeld(TableEntity entity)
    {
        var rev = Checked(entity).GetInt64("Rev")!.Value;
        return new HeldRow
        {
            Entry = InVersion(SegmentCodec.Decode(ReadPayload(entity), rev, 1, 0, ""), entity.GetInt32("SchemaVersion") ?? 1)[0],
            Reason = entity.GetString("Reason"),
            PoisonId = entity.GetString("PoisonId"),
            Cleared = entity.GetBoolean("Cleared") ?? false,
        };
    }

    public static TableEntity Write(string partition, HeldRow row)
    {
        var entity = New(partition, LogFormat.HeldKey(new RecordId(row.Entry.Store, row.Entry.Key)), null, new()
        {
            ["Rev"] = row.Entry.Rev,
            ["Reason"] = row.Reason,
            ["PoisonId"] = row.PoisonId,
            ["Cleared"] = row.Cleared,
            ["SchemaVersion"] = row.Entry.SchemaVersion,
        });
        WritePayload(entity, SegmentCodec.Encode([row.Entry], 0, 1, 0, ""));
        return entity;
    }

    public static DoneRow ReadDone(TableEntity entity)
    {
        var parked = ReadPayload(Checked(entity));
        return new DoneRow
        {
            Id = entity.RowKey[LogFormat.DoneKey("").Length..],
            Outcome = (Outcome)(entity.GetInt32("Outcome") ?? 0),
            Rev = entity.GetInt64("Rev") ?? 0,
            Note = entity.GetString("Note") ?? "",
            ConflictId = entity.GetString("ConflictId"),
            Parked = parked.Length == 0 ? null : PayloadCodec.Decompress(parked),
        };
    }

    public static TableEntity Write(string partition, DoneRow row, string commitId)
    {
        var entity = New(partition, LogFormat.DoneKey(row.Id), null, new()
        {
            ["CommitId"] = commitId,
            ["Outcome"] = (int)row.Outcome,
            ["Rev"] = row.Rev,
            ["Note"] = row.Note,
        });
        if (row.ConflictId is not null)
        {
            entity["ConflictId"] = row.ConflictId;
        }

        if (row.Parked is { } parked)
        {
            WritePayload(entity, PayloadCodec.Compress(parked.Span));
        }

        return entity;
    }

    public static TableEntity WriteMapping(string partition, MappingSet mappings)
    {
        var entity = New(partition, LogFormat.MapKey(mappings.Hash), null, []);
        WritePayload(entity, PayloadCodec.Compress(mappings.Document.Span));
        return entity;
    }

    public static MappingSet ReadMapping(TableEntity entity) => MappingSet.Read(PayloadCodec.Decompress(ReadPayload(Checked(entity))));

    private static List<LogEntry> InVersion(List<LogEntry> entries, int schemaVersion) =>
        schemaVersion == 1 ? entries : entries.ConvertAll(entry => entry with { SchemaVersion = schemaVersion });

    private static TableEntity New(string partition, string rowKey, string? etag, Dictionary<string, object> columns)
    {
        var entity = new TableEntity(partition, rowKey) { [LogFormat.FormatProperty] = LogFormat.Version };
        if (etag is not null)
        {
            entity.ETag = new ETag(etag);
        }

        foreach (var (name, value) in columns)
        {
            entity[name] = value;
        }

        return entity;
    }

    private static TableEntity Checked(TableEntity entity)
    {
        var format = entity.GetInt32(LogFormat.FormatProperty) ?? 0;
        return format <= LogFormat.Version ? entity : throw new NewerFormatException($"Row {entity.PartitionKey}/{entity.RowKey} of the change log", format, LogFormat.Version);
    }

    private static void WritePayload(TableEntity entity, byte[] payload)
    {
        for (var (offset, n) = (0, 0); offset < payload.Length; offset += LogFormat.ChunkBytes, n++)
        {
            entity[Invariant($"P{n}")] = payload[offset..Math.Min(payload.Length, offset + LogFormat.ChunkBytes)];
        }
    }

    private static byte[] ReadPayload(TableEntity entity)
    {
        var chunks = new List<byte[]>();
        while (entity.GetBinary(Invariant($"P{chunks.Count}")) is { } chunk)
        {
            chunks.Add(chunk);
        }

        return chunks is [var only] ? only : [.. chunks.SelectMany(c => c)];
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
