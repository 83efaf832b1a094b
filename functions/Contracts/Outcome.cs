namespace MyriadSync.Contracts;

/// <summary>What became of one change (DESIGN 5). Stored by number: never renumber.</summary>
public enum Outcome
{
    /// <summary>Taken, and what the client holds is the record.</summary>
    Applied = 1,

    /// <summary>Taken, but the record is not what the client holds.</summary>
    Merged = 2,

    /// <summary>A concurrent edit won.</summary>
    Superseded = 3,

    /// <summary>The store's policy leaves it to the client or a person.</summary>
    Conflict = 4,

    /// <summary>Seen before.</summary>
    Duplicate = 5,

    /// <summary>Invalid for good; nothing stored.</summary>
    Rejected = 6,

    /// <summary>Could not be processed; parked for an operator.</summary>
    Poisoned = 7,
}
