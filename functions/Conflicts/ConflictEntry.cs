using MyriadSync.Contracts;

namespace MyriadSync.Conflicts;

/// <summary>A row of table <c>conflicts</c>: changes of one client to one record that a person is to decide about, and what was decided.</summary>
internal sealed record ConflictEntry
{
    /// <summary>The dataset.</summary>
    public required string Dataset { get; init; }

    /// <summary>Its id; the same in every try.</summary>
    public required string ConflictId { get; init; }

    /// <summary>How it stands.</summary>
    public ConflictState State { get; init; }

    /// <summary>The record.</summary>
    public required RecordId Record { get; init; }

    /// <summary>Who made the changes.</summary>
    public required string ClientId { get; init; }

    /// <summary>The user that the client belongs to.</summary>
    public required string Sub { get; init; }

    /// <summary>The batch that the changes came in.</summary>
    public required string BatchId { get; init; }

    /// <summary>Client seq of the first change.</summary>
    public required long Seq { get; init; }

    /// <summary>Client seq of the last change.</summary>
    public required long LastSeq { get; init; }

    /// <summary>Stable code of why it is none that the policy settles.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Name of the blob with both sides.</summary>
    public string Payload => "conflicts/" + ConflictId;

    /// <summary>When it was parked (UTC).</summary>
    public required DateTimeOffset ParkedAt { get; init; }

    /// <summary>What was decided, in the words of <see cref="ChangeLog.DoneRow.Note"/>; empty while it is open.</summary>
    public string Decision { get; init; } = "";

    /// <summary>Who decided: a user, or <c>myriad</c>.</summary>
    public string By { get; init; } = "";

    /// <summary>When (UTC); null while it is open.</summary>
    public DateTimeOffset? SettledAt { get; init; }

    /// <summary>The record's rev after the decision; 0 otherwise.</summary>
    public long Rev { get; init; }

    /// <summary>W3C trace context of the push.</summary>
    public string TraceParent { get; init; } = "";

    /// <summary>The row's ETag; null: not stored yet.</summary>
    public string? ETag { get; init; }
}
