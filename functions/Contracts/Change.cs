using MyriadSync.Contracts.Keys;
using MyriadSync.Contracts.Values;

namespace MyriadSync.Contracts;

/// <summary>One mutation of one record, as a client sent it (DESIGN 5). When <see cref="Refusal"/> is set, only <see cref="Seq"/>, <see cref="Digest"/> and <see cref="Record"/> can be relied on.</summary>
public sealed record Change
{
    /// <summary>The client's count of its mutations, from 1, without holes.</summary>
    public required long Seq { get; init; }

    /// <summary>First 16 bytes of SHA-256 over what makes the mutation what it is (not <see cref="Base"/>, which a client may rebase). Tells a repeat from a fork.</summary>
    public required ReadOnlyMemory<byte> Digest { get; init; }

    /// <summary>Object store; empty when refused before it was known.</summary>
    public string Store { get; init; } = "";

    /// <summary>Primary key of the record.</summary>
    public RecordKey Key { get; init; }

    /// <summary>Which record; null: the change was refused before that could be read.</summary>
    public RecordId? Record => Store.Length > 0 && Key.Encoded.Length > 0 ? new RecordId(Store, Key) : null;

    /// <summary>What to do.</summary>
    public ChangeOp Op { get; init; }

    /// <summary>The new value of a put.</summary>
    public RecordValue? Value { get; init; }

    /// <summary>The verbs of a patch.</summary>
    public PatchBody? Patch { get; init; }

    /// <summary>JSON Pointers to what the client's schema version does not know: the change leaves it as it is.</summary>
    public IReadOnlyList<string> Keep { get; init; } = [];

    /// <summary>The rev that the edit was made on, or a later one up to which the client knows the record to be unchanged; null: it believes that the record is new.</summary>
    public long? Base { get; init; }

    /// <summary>When the edit was made, by the client's hybrid clock.</summary>
    public HybridTime At { get; init; }

    /// <summary>Why this change can never be taken: pointer into the request, reason, detail. Null for a sound change.</summary>
    public Refusal? Refusal { get; init; }
}
