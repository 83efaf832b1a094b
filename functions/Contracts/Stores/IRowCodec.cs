using MyriadSync.Contracts.Keys;
using MyriadSync.Contracts.Values;

namespace MyriadSync.Contracts.Stores;

/// <summary>How the records of one store lie in the rows of the cluster, both ways. Pure, and free of exceptions for whatever a job may have written.</summary>
internal interface IRowCodec
{
    /// <summary>Identifies the mapping (lower-case hex); empty for stores whose fields are JSON cells.</summary>
    string MapHash { get; }

    /// <summary>A cell belongs to one field of the client, so that an entry which changed one field writes one cell. False with a transformer in between.</summary>
    bool CellPerField { get; }

    /// <summary>Full column names and bytes that every row of the store has beside its fields. They say nothing of the record and are not in its hash.</summary>
    IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Constants { get; }

    /// <summary>Every column that the mapping names, constants included; columns of fields that it does not name are not here.</summary>
    IReadOnlyList<string> NamedColumns { get; }

    /// <summary>What the deletion of a record takes from its row: columns, and families that hold nothing else.</summary>
    IReadOnlyList<string> DeleteTargets { get; }

    /// <summary>Whether the column holds content of the record. Any other is a job's own: never read, never deleted by itself.</summary>
    bool Owns(string column);

    /// <summary>The column of a client's field; null: it is not stored.</summary>
    /// <param name="qualifier">The field, as in <see cref="LogEntry.Removed"/>.</param>
    string? ColumnOf(string qualifier);

    /// <summary>The cells of a record, in byte order of their columns.</summary>
    /// <param name="value">A record in the shape that the store's shaper gave it.</param>
    /// <exception cref="InvalidDataException">It is not in that shape: a defect of ours.</exception>
    IReadOnlyList<FieldCell> Encode(RecordValue value);

    /// <summary>The record of a row's cells, of which only those that it <see cref="Owns"/> count.</summary>
    DecodedRow Decode(IReadOnlyList<KeyValuePair<string, ReadOnlyMemory<byte>>> columns);

    /// <summary>Some fields lie in the row key: what <see cref="Decode"/> gives lacks them.</summary>
    bool HasKeyFields { get; }

    /// <summary>A decoded record with the fields that its key holds.</summary>
    RecordValue WithKey(RecordValue value, RecordKey key);
}
