using MyriadSync.Myriad;

namespace MyriadSync.Retention;

/// <summary>What a run did to one dataset.</summary>
internal sealed record RetentionAnswer
{
    /// <summary>Segments that were dropped.</summary>
    public int Segments { get; init; }

    /// <summary>Tombstones that were removed from the cluster.</summary>
    public int Tombstones { get; init; }

    /// <summary>Outcomes rows that were dropped.</summary>
    public int Outcomes { get; init; }

    /// <summary>Why it stopped early; the next run goes on from there.</summary>
    public StoreFault Fault { get; init; }
}
