using MyriadSync.Contracts;
using MyriadSync.Contracts.Keys;

namespace MyriadSync.RxDb;

/// <summary>A row of a push: what the client believes the server has, and what it has made of it.</summary>
internal sealed record RxRow
{
    /// <summary>The primary key, as it stands in the document.</summary>
    public required string Id { get; init; }

    /// <summary>The same as a record's key; <c>default</c> when <see cref="Refusal"/> says that it cannot be one.</summary>
    public RecordKey Key { get; init; }

    /// <summary>What the client believes the server has; null: nothing.</summary>
    public RxState? Assumed { get; init; }

    /// <summary>The document as the client has it; null only with a <see cref="Refusal"/>.</summary>
    public RxState? New { get; init; }

    /// <summary>When the edit was made, Unix milliseconds by the client's clock; null: it does not say.</summary>
    public long? EditedAt { get; init; }

    /// <summary>Why this row can never be taken.</summary>
    public Refusal? Refusal { get; init; }
}
