namespace MyriadSync.MyriadEmulator.Faults;

/// <summary>What a fault does to a request that it matches.</summary>
public enum FaultAction
{
    /// <summary>Waits <see cref="FaultRule.DelayMs"/>, then goes on, also when the client has left: a write that timed out and lands late.</summary>
    Delay,

    /// <summary>Answers <see cref="FaultRule.Status"/> with <see cref="FaultRule.Body"/>; nothing is done.</summary>
    Answer,

    /// <summary>Resets the connection; nothing is done.</summary>
    Reset,

    /// <summary>Never answers, until the client leaves or the faults change; nothing is done.</summary>
    Hang,

    /// <summary>Does what was asked, then resets the connection: a lost reply.</summary>
    DropReply,

    /// <summary>Does what was asked, then never answers.</summary>
    HangAfterEffect,

    /// <summary>Does what was asked, then closes the connection half-way through the answer's body; an answer without a body is a lost reply.</summary>
    CutReply,

    /// <summary>
    /// Of a bulk PUT to HBase the first half of the rows is stored, as when one of its regions fails; anything else is not done at all. Answers
    /// <see cref="FaultRule.Status"/> with <see cref="FaultRule.Body"/>.
    /// </summary>
    PartialWrite,
}
