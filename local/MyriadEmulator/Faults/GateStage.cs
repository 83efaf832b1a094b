namespace MyriadSync.MyriadEmulator.Faults;

/// <summary>Where a gate holds a request.</summary>
public enum GateStage
{
    /// <summary>It has arrived whole; nothing is done yet.</summary>
    BeforeEffect,

    /// <summary>What it asked for is done; the answer is not sent yet.</summary>
    AfterEffect,
}
