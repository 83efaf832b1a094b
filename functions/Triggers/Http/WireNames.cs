using MyriadSync.Contracts;

namespace MyriadSync.Triggers.Http;

/// <summary>Names of enum values on the wire.</summary>
internal static class WireNames
{
    /// <summary>Lower-case name.</summary>
    public static string Of(BatchStatus status) => status switch
    {
        BatchStatus.Accepted => "accepted",
        BatchStatus.Committed => "committed",
        BatchStatus.Applied => "applied",
        _ => throw new ArgumentOutOfRangeException(nameof(status)),
    };

    /// <summary>Lower-case name.</summary>
    public static string Of(Outcome outcome) => outcome switch
    {
        Outcome.Applied => "applied",
        Outcome.Merged => "merged",
        Outcome.Superseded => "superseded",
        Outcome.Conflict => "conflict",
        Outcome.Duplicate => "duplicate",
        Outcome.Rejected => "rejected",
        Outcome.Poisoned => "poisoned",
        _ => throw new ArgumentOutOfRangeException(nameof(outcome)),
    };
}
