using System.Security.Cryptography;
using MyriadSync.Contracts.Values;

namespace MyriadSync.Orchestration.Resolutions;

/// <summary>What a person decided about a conflict.</summary>
internal sealed record Decision
{
    /// <summary>Whose side.</summary>
    public required Take Take { get; init; }

    /// <summary>With <see cref="Take.Value"/>: the record as it is to be; null: deleted.</summary>
    public RecordValue? Value { get; init; }

    /// <summary>The record's rev as the person saw it.</summary>
    public required long Rev { get; init; }

    /// <summary>The decision in a few words, by which the same one is known again.</summary>
    public string Note => Take switch
    {
        Take.Ours => "ours",
        Take.Theirs => "theirs",
        _ => Value is null ? "value:deleted" : "value:" + Convert.ToHexStringLower(SHA256.HashData(Value.Json.Span)),
    };
}
